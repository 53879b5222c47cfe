-- How many answers there are to count, by what blocks are made of.
select
    area_id,
    date_trunc('month', submitted_on)::date as month,
    submitted_within,
    case when @course::uuid is not null then course_id when @sector::uuid is not null then sector_id end as cut,
    count(*)::int as count
from survey_responses
group by 1, 2, 3, 4
