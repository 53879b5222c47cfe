-- A row a month of the course date and course: the money of its places, added up. Pence.
select to_char(r.runs_on, 'YYYY-MM') as month, c.title,
    count(*) filter (where p.state = 'Confirmed') as places,
    sum(money.charged_pence) as charged,
    sum(money.paid_pence) as paid,
    sum(money.refunded_pence + money.disputed_pence) as refunded
from place_money money
join places p on p.id = money.place_id
join bookings b on b.id = money.booking_id
join course_runs r on r.id = money.run_id
join courses c on c.id = r.course_id
where (@from::date is null or r.runs_on >= @from) and (@to::date is null or r.runs_on <= @to)
    and (@area::uuid is null or b.area_id = @area)
    and (@course::uuid is null or r.course_id = @course)
    and (@sector::uuid is null or b.sector_id = @sector)
group by 1, c.id, c.title
having count(*) filter (where p.state = 'Confirmed') > 0 or sum(money.paid_pence) > 0 or sum(money.charged_pence) > 0
order by 1, c.title
