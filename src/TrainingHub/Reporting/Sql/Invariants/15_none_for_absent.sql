-- No invitation waits for somebody who was absent
select i.id::text
from survey_invitations i
join attendance_marks m on m.place_id = i.place_id
where m.mark = 'Absent' and i.state = 'Scheduled'
