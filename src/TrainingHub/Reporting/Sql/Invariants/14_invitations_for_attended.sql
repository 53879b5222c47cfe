-- Every attended place with a person has one invitation within a day of being marked
select p.id::text
from places p
join attendance_marks m on m.place_id = p.id and m.mark in ('Attended', 'Part') and m.marked_at < @now - interval '1 day'
join course_runs r on r.id = p.run_id and r.state = 'Scheduled'
where p.state = 'Confirmed' and p.person_id is not null
    and not exists (select from survey_invitations i where i.place_id = p.id)
