-- Work accounts: who of the provider's people which account of staff belongs to, and what a session that they began needs to be
-- looked after. Tokens are encrypted with the site's own keys.
create table staff_work_accounts (
    issuer varchar(400) not null,
    subject varchar(255) not null,
    staff_user_id uuid not null,
    connected_at timestamptz not null,
    constraint pk_staff_work_accounts primary key (issuer, subject),
    constraint fk_staff_work_accounts_staff_user_id foreign key (staff_user_id) references staff_users (id) on delete restrict
);
create unique index ux_staff_work_accounts_staff_user_id_issuer on staff_work_accounts (staff_user_id, issuer);

alter table staff_sessions
    add column issuer varchar(400),
    add column subject varchar(255),
    add column provider_session varchar(255),
    add column refresh_token text,
    add column id_token text,
    add column checked_at timestamptz,
    add column check_until timestamptz,
    add column check_failed_at timestamptz,
    add constraint ck_staff_sessions_work_account check (num_nulls(issuer, subject, refresh_token, checked_at) in (0, 4));
create index ix_staff_sessions_subject on staff_sessions (subject);
