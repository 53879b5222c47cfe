-- What the demonstration has invented is invoiced too: only what came from another system was billed there.
create or replace view billed_places as
select charged.place_id, charged.booking_id, charged.run_id, charged.charged_pence, charged.charge_pence,
    coalesce((
        select sum(line.amount_pence)
        from invoice_lines line
        where line.place_id = charged.place_id), 0)::int
    - coalesce((
        select sum(credited.amount_pence)
        from credit_note_lines credited
        join invoice_lines line on line.id = credited.invoice_line_id
        where line.place_id = charged.place_id), 0)::int as billed_pence
from place_money charged
join bookings booking on booking.id = charged.booking_id
where booking.origin <> 'Import'
  and (booking.payment_method in ('Invoice', 'FreePlace') or exists (select from invoices where invoices.booking_id = booking.id));
