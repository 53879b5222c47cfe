-- No invitation stays open after its closing time by more than a day
select id::text, state
from survey_invitations
where state = 'Sent' and closes_at < @now - interval '1 day'
