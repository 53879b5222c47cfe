-- The ledger has what was written off, and what was taken back of it
select one.id::text, one.amount_pence, coalesce(sum(case entry.kind when 'WriteOff' then entry.amount_pence else -entry.amount_pence end), 0) as ledger
from write_offs one
left join ledger_entries entry on entry.write_off_id = one.id
group by one.id
having one.amount_pence <> coalesce(sum(case entry.kind when 'WriteOff' then entry.amount_pence else -entry.amount_pence end), 0)
