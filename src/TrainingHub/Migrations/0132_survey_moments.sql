-- An invitation asks at one moment, and a place has one for each: at the end of the course, and three months later. What an older node
-- writes is asked after three months, as all was so far. Its job that makes invitations stops until it is gone, since the key that it names
-- is; and it can send nobody the questions of another moment, which the trigger refuses.
alter table survey_invitations
    add column moment text not null default 'ThreeMonths',
    add constraint ck_survey_invitations_moment check (moment in ('Before', 'End', 'ThreeMonths', 'Manager', 'Event', 'Module'));
create unique index ux_survey_invitations_place_id_moment on survey_invitations (place_id, moment);
drop index ux_survey_invitations_place_id;

create function check_invitation_version() returns trigger language plpgsql as $$
begin
    if not exists (
        select
        from survey_versions version
        join surveys survey on survey.id = version.survey_id
        where version.id = new.version_id and survey.moment = new.moment)
    then
        raise exception 'These are not the questions of this moment.'
            using errcode = 'check_violation', constraint = 'ck_survey_invitations_version_moment', table = 'survey_invitations';
    end if;
    return new;
end
$$;
create trigger survey_invitations_ask_their_moment before insert or update of version_id, moment on survey_invitations
    for each row when (new.version_id is not null) execute function check_invitation_version();

-- The response rate is of the survey that is reported on.
create or replace view sent_surveys as
select
    invitation.id as invitation_id,
    invitation.place_id,
    invitation.due_on,
    invitation.state = 'Answered' as is_answered,
    invitation.state <> 'Answered' and (invitation.is_undelivered or coalesce(email.state in ('Failed', 'Bounced', 'Stopped'), false)) as is_undelivered
from survey_invitations invitation
left join outgoing_emails email on email.id = invitation.email_id
where invitation.sent_at is not null and invitation.moment = 'ThreeMonths';

alter table date_evaluations
    add column moment text not null default 'ThreeMonths',
    add constraint ck_date_evaluations_moment check (moment in ('Before', 'End', 'ThreeMonths', 'Manager', 'Event', 'Module')),
    drop constraint pk_date_evaluations,
    add constraint pk_date_evaluations primary key (run_id, moment);
