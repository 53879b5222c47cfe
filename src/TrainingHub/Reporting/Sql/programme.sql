-- One row a course: its delivered dates in the period, the places they had and who came. The sector narrows attendances, not places.
with delivered as (
    select id, course_id, capacity, slot
    from delivered_runs(@now)
    where (@from::date is null or runs_on >= @from) and (@to::date is null or runs_on <= @to)
        and (@area::uuid is null or area_id = @area)
        and (@course::uuid is null or course_id = @course)
), came as (
    select line.run_id,
        count(*) filter (where line.attended) as attendances,
        count(*) filter (where not line.attended) as absences,
        count(*) filter (where line.attended is null) as unmarked,
        count(*) filter (where b.payment_method = 'FreePlace') as free_places,
        sum(worth.forgone_pence) as forgone_pence
    from delivered d
    join register_places line on line.run_id = d.id
    join bookings b on b.id = line.booking_id
    left join free_place_values worth on worth.place_id = line.place_id
    where @sector::uuid is null or b.sector_id = @sector
    group by line.run_id
)
select c.title,
    count(*) as runs,
    sum(d.capacity) as places,
    coalesce(sum(came.attendances), 0)::bigint as attendances,
    coalesce(sum(came.absences), 0)::bigint as absences,
    coalesce(sum(came.free_places), 0)::bigint as free_places,
    count(*) filter (where d.slot = 'Saturday') as saturday_runs,
    count(*) filter (where d.slot = 'Sunday') as sunday_runs,
    count(*) filter (where d.slot = 'Twilight') as twilight_runs,
    count(*) filter (where came.unmarked > 0) as open_registers,
    coalesce(sum(came.forgone_pence), 0)::bigint as forgone_pence
from delivered d
join courses c on c.id = d.course_id
left join came on came.run_id = d.id
group by c.id, c.title
order by sum(d.capacity) desc, c.title
