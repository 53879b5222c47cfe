-- Money received by card pays for places, is on its way back, was dealt with, or is flagged for the coordinator, within 15 minutes
with money as (
    select p.booking_id, max(p.paid_at) as paid_at,
        sum(p.received_amount) - sum((
            select coalesce(sum(k.amount_pence), 0)
            from kept_shares k
            where k.payment_id = p.id)) - sum((
            select coalesce(sum(r.amount_pence), 0)
            from refunds r
            where r.payment_id = p.id and r.state not in ('Failed', 'Undone'))) as held,
        bool_or(p.problem is not null and p.problem_closed_at is null) as is_before_coordinator
    from payments p
    where p.state = 'Paid' and p.provider = 'Stripe'
    group by p.booking_id
)
select b.reference, b.state, money.held, owed.charged_pence
from money
join bookings b on b.id = money.booking_id
join booking_money owed on owed.booking_id = b.id
where money.held > owed.charged_pence and not money.is_before_coordinator
    and greatest(money.paid_at, (select max(ended_at) from places where places.booking_id = b.id)) < @now - interval '15 minutes'
