-- No place has given back more than was paid for it, and every refund is divided over places to the penny
select place_id::text, paid_pence, refunded_pence
from place_money
where refunded_pence > paid_pence
union all
select r.id::text, r.amount_pence, coalesce(sum(s.amount_pence), 0)::int
from refunds r
left join refund_shares s on s.refund_id = r.id
group by r.id
having coalesce(sum(s.amount_pence), 0) <> r.amount_pence
