-- Counts of every answer of the given cells in one pass over the responses, apart for each block. Names and places are nowhere in
-- these tables. Many people answer alike: each set of answers is counted once and then taken apart. What was withheld from answers is
-- counted from its own table; not for one course or sector, whose cells it is not in.
with cell as (
    select *
    from unnest(@area_ids::uuid[], @months::date[], @withins::text[], @version_ids::uuid[], @blocks::int[]) as cell (area_id, month, within, version_id, block)
), answers as materialized (
    select cell.block, response.area_id, response.course_id, response.sector_id, response.version_id, response.option_ids
    from survey_responses response
    join cell
        on coalesce(cell.area_id, @no_area) = coalesce(response.area_id, @no_area)
        and cell.month = date_trunc('month', response.submitted_on)::date
        and cell.within = response.submitted_within
        and cell.version_id = response.version_id
    where (@course::uuid is null or course_id = @course)
        and (@sector::uuid is null or sector_id = @sector)
), alike as (
    select block, area_id, version_id, option_ids, count(*)::int as count
    from answers
    group by block, area_id, version_id, option_ids
), about as (
    select case when grouping(course_id) = 0 then 'course' else 'sector' end as what, coalesce(course_id, sector_id) as id, block, count(*)::int as count
    from answers
    group by block, grouping sets ((course_id), (sector_id))
)
select 'asked' as what, null::uuid as id, version_id, area_id, block, sum(count)::int as count
from alike
group by version_id, area_id, block
union all
select 'option', option_id, version_id, area_id, block, sum(count)::int
from alike, unnest(option_ids) as option_id
group by option_id, version_id, area_id, block
union all
select what, id, null, null, block, count
from about
union all
select case when withheld.course_id is null then 'sector' else 'course' end, coalesce(withheld.course_id, withheld.sector_id), null, null, cell.block, withheld.count
from withheld_answers withheld
join (select distinct area_id, month, within, block from cell) as cell
    on coalesce(cell.area_id, @no_area) = coalesce(withheld.area_id, @no_area)
    and cell.month = withheld.submitted_on
    and cell.within = withheld.submitted_within
where withheld.survey_id = @survey and @course::uuid is null and @sector::uuid is null
