-- Ledger entries = refunds that succeeded; one that the bank sent back cancels out; foreign money is in neither
select r.id::text, r.state, r.amount_pence, coalesce(sum(case l.kind when 'Refund' then l.amount_pence else -l.amount_pence end), 0) as ledger
from refunds r
join payments p on p.id = r.payment_id
left join ledger_entries l on l.refund_id = r.id
group by r.id, p.id
having coalesce(sum(case l.kind when 'Refund' then l.amount_pence else -l.amount_pence end), 0)
    <> case when r.state = 'Succeeded' and coalesce(p.received_currency, 'gbp') = 'gbp' then r.amount_pence else 0 end
