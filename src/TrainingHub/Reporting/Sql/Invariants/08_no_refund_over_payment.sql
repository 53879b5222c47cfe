-- No payment is refunded by more than it brought; a refund that Stripe has yet to refuse has 15 minutes
select p.id::text, p.received_amount, sum(r.amount_pence) as refunds
from payments p
join refunds r on r.payment_id = p.id and (r.state in ('Pending', 'Succeeded') or r.state = 'Due' and r.created_at < @now - interval '15 minutes')
group by p.id
having sum(r.amount_pence) > coalesce(p.received_amount, 0)
