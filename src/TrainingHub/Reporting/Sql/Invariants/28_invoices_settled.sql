-- Invoices with nothing left to pay = those of bookings that have paid what they are charged; invoices that are right = those that ask for it
select invoice.number::text
from invoices invoice
join booking_money money on money.booking_id = invoice.booking_id
where invoice.is_settled <> (money.charged_pence - money.paid_pence + money.refunded_pence <= 0)
   or invoice.is_right <> (money.charged_pence = invoice.amount_pence - invoice.corrected_pence)
