-- Counts of every answer in one pass over the responses. Names and places are nowhere in these tables.
with answers as materialized (
    select area_id, course_id, sector_id, confidence_id, knowledge_id, changed_practice, impacted_families, recommend, uses_toolkits, toolkit_ids
    from survey_responses
    where (@from::date is null or submitted_on >= @from) and (@to::date is null or submitted_on <= @to)
        and (@area::uuid is null or area_id = @area)
        and (@course::uuid is null or course_id = @course)
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
        count(*)::int as count
    from answers
    group by grouping sets (
        (), (area_id), (course_id), (sector_id), (confidence_id), (knowledge_id), (changed_practice), (impacted_families), (recommend), (uses_toolkits))
)
select question, answer_id, answer_yes, area_id, count from counted
union all
select 'toolkits', toolkit_id, null, area_id, count(*)::int
from answers, unnest(toolkit_ids) as toolkit_id
group by toolkit_id, area_id
