-- What the office's own books get, a row for each line of a document and each entry of the ledger: what has left with one journal, or what
-- has left with none and was entered up to a day. Which of the two is put into each part: one condition for both would be
-- planned for neither, and one behind them all would join the books of all years, to pick a month from them.
-- What is billed is sold by its invoices and credit notes, anything else by its charges.
-- Read by place, so a new column comes last. What was imported is in those books already. A document has no kind of the ledger. Pence.
with entered as (
    select null as kind, false as is_credit, invoice.id as entry_id, invoice.id as source_id, invoice.issued_on as entered_on, invoice.booking_id,
        invoice.number, invoice.billing_name as party, invoice.email, invoice.postal_address,
        invoice.purchase_order, invoice.due_on, null as provider, line.place_id, line.amount_pence
    from invoices invoice
    join invoice_lines line on line.invoice_id = invoice.id
    where {invoices}
    union all
    select null, true, note.id, note.id, note.issued_on, invoice.booking_id,
        note.number, invoice.billing_name, note.email, invoice.postal_address,
        invoice.purchase_order, note.issued_on, null, line.place_id, credited.amount_pence
    from credit_notes note
    join invoices invoice on invoice.id = note.invoice_id
    join credit_note_lines credited on credited.credit_note_id = note.id
    join invoice_lines line on line.id = credited.invoice_line_id
    where {notes}
    union all
    select entry.kind, false,
        coalesce(entry.payment_id, entry.refund_id, entry.dispute_id, entry.write_off_id, entry.booking_id), entry.id,
        (entry.at at time zone 'Europe/London')::date, entry.booking_id,
        invoice.number, coalesce(invoice.billing_name, booking.organisation_name), '', null,
        invoice.purchase_order, null, payment.provider, entry.place_id, entry.amount_pence
    from ledger_entries entry
    join bookings booking on booking.id = entry.booking_id
    left join invoices invoice on invoice.id = entry.invoice_id
    left join refunds refund on refund.id = entry.refund_id
    left join disputes dispute on dispute.id = entry.dispute_id
    left join payments payment on payment.id = coalesce(entry.payment_id, refund.payment_id, dispute.payment_id)
    where {entries} and entry.kind not in ('Charge', 'ChargeReversed')
    union all
    select entry.kind, false,
        coalesce(entry.payment_id, entry.refund_id, entry.dispute_id, entry.write_off_id, entry.booking_id), entry.id,
        (entry.at at time zone 'Europe/London')::date, entry.booking_id,
        invoice.number, coalesce(invoice.billing_name, booking.organisation_name), '', null,
        invoice.purchase_order, null, null, entry.place_id, entry.amount_pence
    from ledger_entries entry
    join bookings booking on booking.id = entry.booking_id
    left join invoices invoice on invoice.id = entry.invoice_id
    where {entries} and entry.kind in ('Charge', 'ChargeReversed')
        and not exists (select from billed_places billed where billed.place_id = entry.place_id)
)
select entered.kind, entered.is_credit, entered.entry_id, entered.source_id, entered.entered_on, entered.number, booking.reference, entered.party, entered.email, entered.postal_address,
    entered.purchase_order, entered.due_on, entered.provider, course.title, course.nominal_code, course.cost_centre, entered.amount_pence
from entered
join bookings booking on booking.id = entered.booking_id and booking.origin <> 'Import'
join places place on place.id = entered.place_id
join course_runs run on run.id = place.run_id
join courses course on course.id = run.course_id
order by entered.entered_on, entered.kind, entered.is_credit, entered.number, booking.reference, entered.entry_id, course.title, entered.source_id
