-- Every linked answer belongs to an answered invitation
select l.invitation_id::text
from survey_links l
join survey_invitations i on i.id = l.invitation_id
where i.state <> 'Answered'
