-- Ledger entries = payments received
select p.id::text, p.received_amount, l.amount_pence
from payments p
full join ledger_entries l on l.payment_id = p.id
where l.kind is distinct from 'Refund'
    and (p.state = 'Paid' and coalesce(p.problem, '') <> 'CurrencyDiffers' and p.received_amount is distinct from l.amount_pence
        or p.state <> 'Paid' and l.id is not null
        or p.problem = 'CurrencyDiffers' and l.id is not null)
