-- A row a month of the course date and course, place by place, so that an order for two months counts in each what belongs there.
-- Charged = prices of confirmed places; paid and refunded by the ledger, in pence.
select to_char(run.runs_on, 'YYYY-MM') as month, course.title,
    count(*) filter (where place.state = 'Confirmed')::numeric as places,
    sum(money.charged_pence)::numeric as charged, sum(money.paid_pence)::numeric as paid, sum(money.refunded_pence)::numeric as refunded
from place_money money
join places place on place.id = money.place_id
join course_runs run on run.id = money.run_id
join courses course on course.id = run.course_id
join bookings booking on booking.id = money.booking_id
where (@from::date is null or run.runs_on >= @from) and (@to::date is null or run.runs_on <= @to)
    and (@area::uuid is null or booking.area_id = @area)
    and (@course::uuid is null or run.course_id = @course)
    and (@sector::uuid is null or booking.sector_id = @sector)
group by to_char(run.runs_on, 'YYYY-MM'), course.id, course.title
having count(*) filter (where place.state = 'Confirmed') > 0 or sum(money.paid_pence) > 0
order by 1, course.title
