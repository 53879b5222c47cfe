-- A row a month of the course date and course. Charged = prices of confirmed places; money by the ledger, in pence.
with owed as (
    select r.course_id, date_trunc('month', r.runs_on)::date as month, p.booking_id,
        count(*) filter (where p.state = 'Confirmed') as places,
        coalesce(sum(p.price_pence) filter (where p.state = 'Confirmed'), 0) as charged
    from places p
    join course_runs r on r.id = p.run_id
    join bookings b on b.id = p.booking_id
    where (@from::date is null or r.runs_on >= @from) and (@to::date is null or r.runs_on <= @to)
        and (@area::uuid is null or b.area_id = @area)
        and (@course::uuid is null or r.course_id = @course)
        and (@sector::uuid is null or b.sector_id = @sector)
    group by r.course_id, date_trunc('month', r.runs_on), p.booking_id
), money as (
    select booking_id,
        coalesce(sum(amount_pence) filter (where kind = 'Payment'), 0) as paid,
        coalesce(sum(case kind when 'Refund' then amount_pence else -amount_pence end) filter (where kind <> 'Payment'), 0) as refunded
    from ledger_entries
    where booking_id in (select booking_id from owed)
    group by booking_id
)
select to_char(owed.month, 'YYYY-MM') as month, c.title, sum(owed.places) as places, sum(owed.charged) as charged,
    coalesce(sum(money.paid), 0) as paid, coalesce(sum(money.refunded), 0) as refunded
from owed
join courses c on c.id = owed.course_id
left join money on money.booking_id = owed.booking_id
group by owed.month, c.id, c.title
having sum(owed.places) > 0 or sum(money.paid) > 0
order by owed.month, c.title
