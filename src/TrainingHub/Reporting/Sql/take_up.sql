-- Booked = confirmed places on dates in the period that are not cancelled; attended = came for all or part.
with booked as (
    select r.course_id, b.sector_id, b.area_id, b.organisation_id, m.mark in ('Attended', 'Part') as attended
    from places p
    join course_runs r on r.id = p.run_id and r.state = 'Scheduled'
    join bookings b on b.id = p.booking_id
    left join attendance_marks m on m.place_id = p.id
    where p.state = 'Confirmed'
        and (@from::date is null or r.runs_on >= @from) and (@to::date is null or r.runs_on <= @to)
        and (@area::uuid is null or b.area_id = @area)
        and (@course::uuid is null or r.course_id = @course)
        and (@sector::uuid is null or b.sector_id = @sector)
), counted as (
    select grouping(sector_id) = 0 as by_sector, grouping(organisation_id) = 0 as by_organisation, grouping(course_id) = 0 as by_course,
        sector_id, organisation_id, course_id, area_id, count(*) as booked, count(*) filter (where attended) as attended
    from booked
    group by grouping sets ((sector_id), (organisation_id), (course_id), (area_id))
)
select
    case when by_sector then 'sector' when by_organisation then 'organisation' when by_course then 'course' else 'area' end as "group",
    case when by_sector then s.name when by_organisation then coalesce(o.name, 'Not known') when by_course then c.title else a.name end as name,
    booked, attended
from counted
left join sectors s on s.id = counted.sector_id
left join organisations o on o.id = counted.organisation_id
left join courses c on c.id = counted.course_id
left join areas a on a.id = counted.area_id
order by array_position(array[by_sector, by_organisation, by_course, true], true), booked desc, name
