-- Numbers of invoices, and of credit notes, run from 1 without a gap
select 'invoices' as series, next_number, (select count(*) from invoices) as issued
from invoice_numbers
where next_number - 1 <> (select count(*) from invoices) or next_number - 1 <> (select coalesce(max(number), 0) from invoices)
union all
select 'credit notes', next_number, (select count(*) from credit_notes)
from credit_note_numbers
where next_number - 1 <> (select count(*) from credit_notes) or next_number - 1 <> (select coalesce(max(number), 0) from credit_notes)
