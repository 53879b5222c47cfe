-- Booked = confirmed places of delivered dates for which the register says whether the delegate came. What it does not say yet is
-- counted beside: places of dates that are not over, and places of delivered dates without a mark.
with line as (
    select run.course_id, b.sector_id, b.area_id, b.organisation_id, line.attended, delivered.id is not null as is_delivered
    from register_places line
    join course_runs run on run.id = line.run_id
    join bookings b on b.id = line.booking_id
    left join delivered_runs(@now) delivered on delivered.id = line.run_id
    where (@from::date is null or run.runs_on >= @from) and (@to::date is null or run.runs_on <= @to)
        and (@area::uuid is null or b.area_id = @area)
        and (@course::uuid is null or run.course_id = @course)
        and (@sector::uuid is null or b.sector_id = @sector)
), counted as (
    select grouping(sector_id) = 0 as by_sector, grouping(organisation_id) = 0 as by_organisation, grouping(course_id) = 0 as by_course,
        sector_id, organisation_id, course_id, area_id,
        count(*) filter (where is_delivered and attended is not null) as booked,
        count(*) filter (where is_delivered and attended) as attended,
        count(*) filter (where not is_delivered) as coming,
        count(*) filter (where is_delivered and attended is null) as unmarked
    from line
    group by grouping sets ((sector_id), (organisation_id), (course_id), (area_id))
)
select
    case when by_sector then 'sector' when by_organisation then 'organisation' when by_course then 'course' else 'area' end as "group",
    case when by_sector then s.name when by_organisation then coalesce(o.name, 'Not known') when by_course then c.title else a.name end as name,
    booked, attended, coming, unmarked
from counted
left join sectors s on s.id = counted.sector_id
left join organisations o on o.id = counted.organisation_id
left join courses c on c.id = counted.course_id
left join areas a on a.id = counted.area_id
order by array_position(array[by_sector, by_organisation, by_course, true], true), booked desc, coming + unmarked desc, name
