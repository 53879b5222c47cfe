-- What reviews and audits asked for against what was taught since. A changed course counts from the day on which its content changed; dates
-- count once they are over, and attendances as the registers say. An action, a recommendation or a source that was taken away counts nowhere.
with asked as (
    select recommendation.id, recommendation.number, recommendation.text, recommendation.effect, source.title as source, source.theme_ids
    from recommendations recommendation
    join learning_sources source on source.id = recommendation.source_id
    where recommendation.archived_at is null and source.archived_at is null
), every_change as (
    select asked.id as recommendation_id, asked.source, asked.theme_ids, content.id, content.from_on, changed.course_id
    from asked
    join learning_actions action on action.recommendation_id = asked.id and action.archived_at is null
    join content_changes content on content.action_id = action.id and content.archived_at is null
    cross join unnest(content.course_ids) as changed (course_id)
), change as (
    select *
    from every_change
    where @course::uuid is null or course_id = @course
), course_since as (
    select course_id, min(from_on) as from_on
    from change
    group by course_id
), taught as (
    select course_id, theme_id
    from course_themes cross join unnest(theme_ids) as theme_id
    union
    select course_id, theme_id
    from every_change cross join unnest(theme_ids) as theme_id
), line as (
    select run.id as run_id, run.course_id, run.runs_on, booking.sector_id, booking.area_id, booking.organisation_id,
        delivered.id is not null as is_delivered, coalesce(delivered.id is not null and place.attended, false) as attended
    from course_runs run
    join register_places place on place.run_id = run.id
    join bookings booking on booking.id = place.booking_id
    left join delivered_runs(@now) delivered on delivered.id = run.id
    where run.course_id in (select course_id from course_since union select course_id from taught)
        and (@from::date is null or run.runs_on >= @from) and (@to::date is null or run.runs_on <= @to)
        and (@area::uuid is null or booking.area_id = @area)
        and (@sector::uuid is null or booking.sector_id = @sector)
), day as (
    select run_id, course_id, runs_on, is_delivered, count(*) filter (where attended) as attended
    from line
    group by run_id, course_id, runs_on, is_delivered
), since as (
    select line.*
    from line
    join course_since changed on changed.course_id = line.course_id and line.runs_on >= changed.from_on
)
select 'recommendation' as "group", asked.source || ', ' || asked.number as name, asked.text as detail, null::date as since,
    (select count(*) from learning_actions action where action.recommendation_id = asked.id and action.archived_at is null) as dates,
    (select count(*) from learning_actions action where action.recommendation_id = asked.id and action.archived_at is null and action.state = 'Open') as attended,
    0::bigint as coming
from asked
where asked.effect <> 'None' and not exists (select from every_change change where change.recommendation_id = asked.id)
union all
select 'change', course.title, change.source, change.from_on,
    count(*) filter (where day.is_delivered), coalesce(sum(day.attended) filter (where day.is_delivered), 0)::bigint, count(day.run_id) filter (where not day.is_delivered)
from change
join courses course on course.id = change.course_id
left join day on day.course_id = change.course_id and day.runs_on >= change.from_on
group by change.id, change.source, change.from_on, course.id, course.title
union all
select 'theme', theme.name, (select string_agg(course.title, ', ' order by course.title) from taught join courses course on course.id = taught.course_id where taught.theme_id = theme.id), null,
    count(*) filter (where day.is_delivered), coalesce(sum(day.attended) filter (where day.is_delivered), 0)::bigint, count(day.run_id) filter (where not day.is_delivered)
from learning_themes theme
left join taught on taught.theme_id = theme.id and (@course::uuid is null or taught.course_id = @course)
left join day on day.course_id = taught.course_id
where theme.archived_at is null and (@course::uuid is null or taught.course_id is not null)
group by theme.id, theme.name
union all
select 'sector', sector.name, null, null, count(distinct since.run_id) filter (where since.is_delivered), count(*) filter (where since.attended), count(*) filter (where not since.is_delivered)
from sectors sector
left join since on since.sector_id = sector.id
where (@sector::uuid is null or sector.id = @sector) and exists (select from course_since)
group by sector.id, sector.name
union all
select 'area', area.name, null, null, count(distinct since.run_id) filter (where since.is_delivered), count(*) filter (where since.attended), count(*) filter (where not since.is_delivered)
from areas area
left join since on since.area_id = area.id
where (@area::uuid is null or area.id = @area) and exists (select from course_since)
group by area.id, area.name
union all
select 'organisation', organisation.name, null, max(line.runs_on), 0, count(*) filter (where line.attended and line.runs_on < changed.from_on), count(*) filter (where not line.is_delivered)
from line
join course_since changed on changed.course_id = line.course_id
join organisations organisation on organisation.id = line.organisation_id
group by organisation.id, organisation.name
having count(*) filter (where line.attended and line.runs_on < changed.from_on) > 0 and count(*) filter (where line.attended and line.runs_on >= changed.from_on) = 0
order by 1, 6, 2, 4
