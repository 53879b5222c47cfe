-- Every attended place of a course with a person has one invitation within a day of being marked
select line.place_id::text
from register_places line
join course_runs run on run.id = line.run_id
join courses course on course.id = run.course_id
where course.kind = 'Course' and line.attended and line.person_id is not null and line.marked_at < @now - interval '1 day'
    and not exists (select from survey_invitations i where i.place_id = line.place_id and i.moment = 'ThreeMonths')
