-- Invoices with nothing left to pay = those of bookings that have paid what they are charged
select invoice.number::text
from invoices invoice
join booking_money money on money.booking_id = invoice.booking_id
where invoice.is_settled <> (money.charged_pence - money.paid_pence + money.refunded_pence <= 0)
