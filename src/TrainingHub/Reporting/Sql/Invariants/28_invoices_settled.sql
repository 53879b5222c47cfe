-- What is open of an invoice = what it asked for, less what was credited, paid and written off; settled = nothing is open
select invoice.number::text, invoice.open_pence, money.open_pence as should_be
from invoices invoice
join invoice_money money on money.invoice_id = invoice.id
where invoice.open_pence <> money.open_pence or invoice.is_settled <> (money.open_pence <= 0)
