-- Invoice numbers run from 1 without a gap
select next_number, (select count(*) from invoices) as issued
from invoice_numbers
where next_number - 1 <> (select count(*) from invoices) or next_number - 1 <> (select coalesce(max(number), 0) from invoices)
