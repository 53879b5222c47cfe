-- Marks of all meetings of a date make the mark of the course
select place.id::text
from places place
join course_runs run on run.id = place.run_id and run.meetings is not null
join meeting_marks made on made.place_id = place.id
left join attendance_marks mark on mark.place_id = place.id
group by place.id, run.meetings, mark.mark
having (count(*) = (select count(*) from unnest(run.meetings))) <> (mark.mark is not null)
or mark.mark <> case when bool_and(made.mark = 'Attended') then 'Attended' when bool_and(made.mark = 'Absent') then 'Absent' else 'Part' end
