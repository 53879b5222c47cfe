-- Within 15 minutes invoices less credit notes ask for what places are charged
select booking.reference, billed.charged_pence, billed.billed_pence
from billed_places billed
join bookings booking on booking.id = billed.booking_id and booking.state in ('Confirmed', 'Cancelled')
where billed.charged_pence <> billed.billed_pence
    and coalesce(booking.invoice_email, booking.booker_email) is not null
    and not exists (
        select
        from ledger_entries entry
        where entry.place_id = billed.place_id and entry.kind in ('Charge', 'ChargeReversed') and entry.at >= @now - interval '15 minutes')
