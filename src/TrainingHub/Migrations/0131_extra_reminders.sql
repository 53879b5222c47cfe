-- When the last message about a survey went out, and whether staff had one sent beside the two reminders. An older program that sends
-- leaves both empty; then the invitation's own time stands in.
alter table survey_invitations
    add column last_email_at timestamptz,
    add column extra_reminder_at timestamptz;

update survey_invitations set last_email_at = sent_at where sent_at is not null;
