-- Facts that SQL and C# both ask for, each written once. The tests hold the rules in C# and these views to each other.

-- The seats of a date that can still be booked.
alter table course_runs add column places_left integer not null generated always as (capacity - places_taken) stored;

-- Places that take a seat. Statements that end places change them through this view.
create view live_places as
select id, booking_id, run_id, person_id, delegate_name, access_needs, price_pence, state, created_at, ended_at
from places
where state in ('Held', 'Confirmed');

-- Dates that took place: not cancelled, and over.
create function delivered_runs(moment timestamptz) returns setof course_runs language sql stable as $$
    select *
    from course_runs
    where state = 'Scheduled' and ends_at <= moment
$$;

-- What registers list: the confirmed places of dates that were not cancelled. Attended is null until the place has a mark.
create view register_places as
select
    place.id as place_id,
    place.booking_id,
    place.run_id,
    place.person_id,
    mark.mark,
    mark.mark in ('Attended', 'Part') as attended,
    mark.marked_at
from places place
join course_runs run on run.id = place.run_id and run.state = 'Scheduled'
left join attendance_marks mark on mark.place_id = place.id
where place.state = 'Confirmed';

-- Emails are forgotten after 90 days, an invitation that was not delivered stays one: surveys are closed before.
alter table survey_invitations add column is_undelivered boolean not null default false;

update survey_invitations
set is_undelivered = true
from outgoing_emails
where outgoing_emails.id = survey_invitations.email_id and outgoing_emails.state in ('Failed', 'Bounced')
    and survey_invitations.state = 'Closed';

-- Invitations that were sent, for the response rate. Who answered was reached, whatever became of the first email.
create view sent_surveys as
select
    invitation.id as invitation_id,
    invitation.place_id,
    invitation.due_on,
    invitation.state = 'Answered' as is_answered,
    invitation.state <> 'Answered' and (invitation.is_undelivered or coalesce(email.state in ('Failed', 'Bounced'), false)) as is_undelivered
from survey_invitations invitation
left join outgoing_emails email on email.id = invitation.email_id
where invitation.sent_at is not null;
