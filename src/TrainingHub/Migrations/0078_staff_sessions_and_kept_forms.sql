-- In which browser a person is signed in, in plain words, and when they last proved that it is they. Sessions of before have proved
-- nothing lately.
alter table staff_sessions
    add column browser varchar(100) not null default '',
    add column proved_at timestamptz;

-- What was typed into a form that could not be taken at once, for an hour: encrypted, and only the browser has the key.
create table kept_forms (
    id uuid not null,
    key_hash bytea not null,
    staff_user_id uuid not null,
    body bytea not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    sent_at timestamptz,
    constraint pk_kept_forms primary key (id)
);
create index ix_kept_forms_staff_user_id_created_at on kept_forms (staff_user_id, created_at);
create index ix_kept_forms_expires_at on kept_forms (expires_at);
