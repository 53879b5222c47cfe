-- An unlinked answer says nothing that fewer than five unlinked answers have in common, unless area and all else are withheld
select concat_ws(' ', version_id, area_id, course_id, sector_id, submitted_on, submitted_within)
from survey_responses
where submitted_within <> 'Day' and area_id is not null
group by version_id, area_id, course_id, sector_id, submitted_on, submitted_within
having count(*) < 5
union all
select id::text
from survey_responses
where submitted_within <> 'Day' and origin <> 'Room' and area_id is null and (course_id is not null or sector_id is not null)
union all
select id::text
from survey_comments
where response_id is null and created_at <> date_trunc('month', created_at, 'Europe/London')
