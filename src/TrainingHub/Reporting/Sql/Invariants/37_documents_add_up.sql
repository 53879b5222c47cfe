-- Lines add up to their invoice or credit note, and no line is credited, or credited and written off, beyond what it asked for
select 'INV ' || invoice.number, invoice.amount_pence, coalesce(sum(line.amount_pence), 0)::int as lines
from invoices invoice
left join invoice_lines line on line.invoice_id = invoice.id
group by invoice.id
having invoice.amount_pence <> coalesce(sum(line.amount_pence), 0)
union all
select 'CN ' || credit.number, credit.amount_pence, coalesce(sum(line.amount_pence), 0)::int
from credit_notes credit
left join credit_note_lines line on line.credit_note_id = credit.id
group by credit.id
having credit.amount_pence <> coalesce(sum(line.amount_pence), 0)
union all
select money.line_id::text, money.amount_pence, money.credited_pence + money.written_off_pence
from invoice_line_money money
where money.credited_pence + greatest(0, money.written_off_pence) > money.amount_pence
