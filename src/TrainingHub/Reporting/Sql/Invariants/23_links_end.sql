-- No link between an answer and who gave it outlives its 90 days by more than a day
select l.response_id::text
from survey_links l
join survey_invitations i on i.id = l.invitation_id
where i.closes_at < @now - interval '91 days'
union all
select response_id::text
from imported_answers
where known_until < @now - interval '1 day'
