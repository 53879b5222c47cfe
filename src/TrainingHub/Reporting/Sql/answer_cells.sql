-- How many answers to a survey there are to count, by what blocks are made of.
select
    response.area_id,
    date_trunc('month', response.submitted_on)::date as month,
    response.submitted_within,
    case when @course::uuid is not null then response.course_id when @sector::uuid is not null then response.sector_id end as cut,
    response.version_id,
    count(*)::int as count
from survey_responses response
join survey_versions version on version.id = response.version_id
where version.survey_id = @survey
group by 1, 2, 3, 4, 5
