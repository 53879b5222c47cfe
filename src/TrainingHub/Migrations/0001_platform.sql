-- Platform: emails to send, private links, job runs, data-protection keys.

create table job_runs (
    id uuid not null,
    job text not null,
    node text not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    handled integer,
    error text,
    constraint pk_job_runs primary key (id)
);
create index ix_job_runs_job_started_at on job_runs (job, started_at);

create table outgoing_emails (
    id uuid not null,
    kind text not null,
    model jsonb,
    to_address text not null,
    subject text not null,
    about text,
    unsubscribe_url text,
    state text not null,
    created_at timestamptz not null,
    due_at timestamptz not null,
    attempt_count integer not null,
    lease_until timestamptz,
    sent_at timestamptz,
    last_error text,
    constraint pk_outgoing_emails primary key (id),
    constraint ck_outgoing_emails_state check (state in ('Queued', 'Sending', 'Sent', 'Waiting', 'Failed', 'Bounced'))
);
create index ix_outgoing_emails_due_at on outgoing_emails (due_at) where state in ('Queued', 'Sending', 'Waiting');

create table secret_links (
    hash bytea not null,
    purpose text not null,
    subject_id uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint pk_secret_links primary key (hash)
);
create index ix_secret_links_purpose_subject_id on secret_links (purpose, subject_id);

create table data_protection_keys (
    id integer generated always as identity,
    name text not null,
    xml text not null,
    created_at timestamptz not null,
    constraint pk_data_protection_keys primary key (id)
);

-- Wakes the sender; what it sends is decided by the rows.
create function notify_outgoing_emails() returns trigger language plpgsql as $$
begin
    perform pg_notify('outgoing_emails', '');
    return null;
end
$$;

create trigger outgoing_emails_added after insert on outgoing_emails
    for each statement execute function notify_outgoing_emails();
