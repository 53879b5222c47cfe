-- Invitations sent whose survey fell due in the period, and how many of them were answered.
select count(*)::int as sent, (count(*) filter (where i.state = 'Answered'))::int as answered
from survey_invitations i
join places p on p.id = i.place_id
join bookings b on b.id = p.booking_id
join course_runs r on r.id = p.run_id
where i.sent_at is not null
    and (@from::date is null or i.due_on >= @from) and (@to::date is null or i.due_on <= @to)
    and (@area::uuid is null or b.area_id = @area)
    and (@course::uuid is null or r.course_id = @course)
    and (@sector::uuid is null or b.sector_id = @sector)
