-- One row a course: its delivered dates in the period, the places they had and who came.
-- Delivered = not cancelled and over. The sector narrows attendances, not places.
with delivered as (
    select id, course_id, capacity, slot
    from course_runs
    where state = 'Scheduled' and ends_at <= @now
        and (@from::date is null or runs_on >= @from) and (@to::date is null or runs_on <= @to)
        and (@area::uuid is null or area_id = @area)
        and (@course::uuid is null or course_id = @course)
), came as (
    select p.run_id,
        count(*) filter (where m.mark in ('Attended', 'Part')) as attendances,
        count(*) filter (where m.mark = 'Absent') as absences,
        count(*) filter (where m.mark is null) as unmarked,
        count(*) filter (where b.payment_method = 'FreePlace') as free_places
    from delivered d
    join places p on p.run_id = d.id and p.state = 'Confirmed'
    join bookings b on b.id = p.booking_id
    left join attendance_marks m on m.place_id = p.id
    where @sector::uuid is null or b.sector_id = @sector
    group by p.run_id
)
select c.title,
    count(*) as runs,
    sum(d.capacity) as places,
    coalesce(sum(came.attendances), 0)::bigint as attendances,
    coalesce(sum(came.absences), 0)::bigint as absences,
    coalesce(sum(came.free_places), 0)::bigint as free_places,
    count(*) filter (where d.slot = 'Saturday') as saturday_runs,
    count(*) filter (where d.slot = 'Twilight') as twilight_runs,
    count(*) filter (where came.unmarked > 0) as open_registers
from delivered d
join courses c on c.id = d.course_id
left join came on came.run_id = d.id
group by c.id, c.title
order by sum(d.capacity) desc, c.title
