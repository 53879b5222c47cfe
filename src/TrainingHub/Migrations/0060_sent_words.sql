-- What was said in an email stays as long as that it was sent, without the keys of its private links; staff can stop one; reports of
-- mail servers that it did not arrive come later. A batch is what was written by one act to many people.
alter table outgoing_emails
    add column sent_text text,
    add column bounced_at timestamptz,
    add column batch_id uuid,
    drop constraint ck_outgoing_emails_state,
    add constraint ck_outgoing_emails_state
        check (state in ('Queued', 'Sending', 'Sent', 'Waiting', 'Failed', 'Bounced', 'Withheld', 'Stopped'));
create index ix_outgoing_emails_batch_id on outgoing_emails (batch_id) where batch_id is not null;
create index ix_outgoing_emails_about on outgoing_emails (about);
create index ix_outgoing_emails_created_at on outgoing_emails (created_at);

-- Mailboxes that do not exist, as mail servers said; hashes, as with confirmed ones.
create table undeliverable_addresses (
    address_hash bytea not null,
    since timestamptz not null,
    reason text not null,
    constraint pk_undeliverable_addresses primary key (address_hash)
);

-- Reports that were read, by the hash of their own id: each counts once.
create table bounce_reports (
    hash bytea not null,
    read_at timestamptz not null,
    constraint pk_bounce_reports primary key (hash)
);

-- An invitation that staff stopped was not delivered either.
create or replace view sent_surveys as
select
    invitation.id as invitation_id,
    invitation.place_id,
    invitation.due_on,
    invitation.state = 'Answered' as is_answered,
    invitation.state <> 'Answered' and (invitation.is_undelivered or coalesce(email.state in ('Failed', 'Bounced', 'Stopped'), false)) as is_undelivered
from survey_invitations invitation
left join outgoing_emails email on email.id = invitation.email_id
where invitation.sent_at is not null;
