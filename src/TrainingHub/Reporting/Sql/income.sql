-- The money of the ledger by the month of the course date, course and organisation: what was charged, paid, paid back and written off. Pence.
with money as (
    select place_id,
        sum(case kind when 'Charge' then amount_pence when 'ChargeReversed' then -amount_pence else 0 end) as charged,
        sum(case kind when 'Payment' then amount_pence else 0 end) as paid,
        sum(case when kind in ('Refund', 'Disputed') then amount_pence when kind in ('RefundReturned', 'DisputeWon') then -amount_pence else 0 end) as refunded,
        sum(case kind when 'WriteOff' then amount_pence when 'WriteOffReversed' then -amount_pence else 0 end) as written_off
    from ledger_entries
    group by place_id
)
select date_trunc('month', run.runs_on)::date as month, course.id as course_id, course.title,
    coalesce(organisation.name, booking.organisation_name, '') as organisation,
    count(*) filter (where place.state = 'Confirmed') as places,
    coalesce(sum(money.charged), 0)::bigint as charged,
    coalesce(sum(money.paid), 0)::bigint as paid,
    coalesce(sum(money.refunded), 0)::bigint as refunded,
    coalesce(sum(money.written_off), 0)::bigint as written_off
from places place
join bookings booking on booking.id = place.booking_id
join course_runs run on run.id = place.run_id
join courses course on course.id = run.course_id
left join organisations organisation on organisation.id = booking.organisation_id
left join money on money.place_id = place.id
where (@from::date is null or run.runs_on >= @from) and (@to::date is null or run.runs_on <= @to)
    and (@area::uuid is null or booking.area_id = @area)
    and (@course::uuid is null or run.course_id = @course)
    and (@sector::uuid is null or booking.sector_id = @sector)
    and (place.state = 'Confirmed' or money.place_id is not null)
group by 1, 2, 3, 4
order by 1, 3, 2, 4
