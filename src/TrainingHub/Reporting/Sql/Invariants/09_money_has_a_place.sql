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
), owed as (
    select b.id as booking_id, b.reference, b.state, max(pl.ended_at) as ended_at,
        coalesce(sum(pl.price_pence) filter (where pl.state = 'Confirmed' and b.payment_method = 'Card'), 0)
            + coalesce(sum(charge.pence) filter (where b.payment_method = 'Card'), 0) as price
    from bookings b
    join places pl on pl.booking_id = b.id
    left join place_charges charge on charge.place_id = pl.id and charge.state = 'Raised'
    group by b.id
)
select owed.reference, owed.state, money.held, owed.price
from money
join owed using (booking_id)
where money.held > owed.price and not money.is_before_coordinator
    and greatest(money.paid_at, owed.ended_at) < @now - interval '15 minutes'
