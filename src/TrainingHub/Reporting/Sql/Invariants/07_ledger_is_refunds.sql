-- Ledger entries = refunds that succeeded
select r.id::text, r.amount_pence, l.amount_pence
from refunds r
left join ledger_entries l on l.refund_id = r.id
where (r.state = 'Succeeded') <> (l.id is not null) or r.amount_pence <> l.amount_pence
