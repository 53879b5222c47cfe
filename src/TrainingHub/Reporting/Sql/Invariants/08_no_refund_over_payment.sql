-- No payment is refunded by more than it brought
select p.id::text, p.received_amount, sum(r.amount_pence) as refunds
from payments p
join refunds r on r.payment_id = p.id and r.state <> 'Failed'
group by p.id
having sum(r.amount_pence) > coalesce(p.received_amount, 0)
