-- Ledger entries = payments received; foreign money is in neither
select p.id::text, p.received_amount, sum(l.amount_pence) as ledger
from payments p
left join ledger_entries l on l.payment_id = p.id
group by p.id
having coalesce(sum(l.amount_pence), 0)
    <> case when p.state = 'Paid' and coalesce(p.received_currency, 'gbp') = 'gbp' then p.received_amount else 0 end
