-- Counts of every answer of the given cells in one pass over the responses, apart for each block. Names and places are nowhere in
-- these tables. What was withheld from answers is counted from its own table; not for one course or sector, whose cells it is not in.
with cell as (
    select *
    from unnest(@area_ids::uuid[], @months::date[], @withins::text[], @blocks::int[]) as cell (area_id, month, within, block)
), answers as materialized (
    select
        cell.block, response.area_id, response.course_id, response.sector_id, response.confidence_id, response.knowledge_id,
        response.changed_practice, response.impacted_families, response.recommend, response.uses_toolkits, response.toolkit_ids
    from survey_responses response
    join cell
        on coalesce(cell.area_id, @no_area) = coalesce(response.area_id, @no_area)
        and cell.month = date_trunc('month', response.submitted_on)::date
        and cell.within = response.submitted_within
    where (@course::uuid is null or course_id = @course)
        and (@sector::uuid is null or sector_id = @sector)
), counted as (
    select case
            when grouping(area_id) = 0 then 'area'
            when grouping(course_id) = 0 then 'course'
            when grouping(sector_id) = 0 then 'sector'
            when grouping(confidence_id) = 0 then 'confidence'
            when grouping(knowledge_id) = 0 then 'knowledge'
            when grouping(changed_practice) = 0 then 'changed_practice'
            when grouping(impacted_families) = 0 then 'impacted_families'
            when grouping(recommend) = 0 then 'recommend'
            when grouping(uses_toolkits) = 0 then 'uses_toolkits'
            else 'responses'
        end as question,
        coalesce(area_id, course_id, sector_id, confidence_id, knowledge_id) as answer_id,
        coalesce(changed_practice, impacted_families, recommend, uses_toolkits) as answer_yes,
        null::uuid as area_id,
        block,
        count(*)::int as count
    from answers
    group by block, grouping sets (
        (), (area_id), (course_id), (sector_id), (confidence_id), (knowledge_id), (changed_practice), (impacted_families), (recommend), (uses_toolkits))
)
select question, answer_id, answer_yes, area_id, block, count from counted
union all
select 'toolkits', toolkit_id, null, area_id, block, count(*)::int
from answers, unnest(toolkit_ids) as toolkit_id
group by toolkit_id, area_id, block
union all
select case when withheld.course_id is null then 'sector' else 'course' end, coalesce(withheld.course_id, withheld.sector_id), null, null, cell.block, withheld.count
from withheld_answers withheld
join cell
    on coalesce(cell.area_id, @no_area) = coalesce(withheld.area_id, @no_area)
    and cell.month = withheld.submitted_on
    and cell.within = withheld.submitted_within
where @course::uuid is null and @sector::uuid is null
