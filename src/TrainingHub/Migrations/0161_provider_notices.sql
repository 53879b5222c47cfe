-- What providers are told of a changed content, by when they acknowledge it, and who did. The text never changes once it is sent.
create table content_notices (
    id uuid not null,
    change_id uuid not null,
    course_ids uuid[] not null,
    from_on date not null,
    text varchar(5000) not null,
    due_on date not null,
    sent_at timestamptz not null,
    sent_by_id uuid,
    file_name varchar(120),
    file_kind text,
    file_content bytea,
    withdrawn_at timestamptz,
    withdrawn_because varchar(500),
    constraint pk_content_notices primary key (id),
    constraint ck_content_notices_file_kind check (file_kind in ('Pdf', 'Jpeg', 'Png')),
    constraint ck_content_notices_file check (
        num_nonnulls(file_name, file_kind, file_content) in (0, 3) and octet_length(file_content) between 1 and 5242880),
    constraint ck_content_notices_withdrawn check ((withdrawn_at is null) = (withdrawn_because is null)),
    constraint fk_content_notices_change_id foreign key (change_id) references content_changes (id) on delete restrict,
    constraint fk_content_notices_sent_by_id foreign key (sent_by_id) references staff_users (id) on delete restrict
);
create index ix_content_notices_change_id on content_notices (change_id);
create index ix_content_notices_sent_by_id on content_notices (sent_by_id);

create table provider_notices (
    id uuid not null,
    notice_id uuid not null,
    provider_id uuid not null,
    state text not null,
    remind_on date,
    reminded_at timestamptz,
    chased_at timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by varchar(120),
    acknowledged_words varchar(1000),
    withdrawn_at timestamptz,
    constraint pk_provider_notices primary key (id),
    constraint ck_provider_notices_state check (state in ('Sent', 'Acknowledged', 'Withdrawn')),
    constraint ck_provider_notices_acknowledged check (
        (state <> 'Sent' or acknowledged_at is null) and (state <> 'Acknowledged' or acknowledged_at is not null)
        and (acknowledged_at is not null or (acknowledged_by is null and acknowledged_words is null))),
    constraint ck_provider_notices_withdrawn check ((state = 'Withdrawn') = (withdrawn_at is not null)),
    constraint fk_provider_notices_notice_id foreign key (notice_id) references content_notices (id) on delete restrict,
    constraint fk_provider_notices_provider_id foreign key (provider_id) references providers (id) on delete restrict
);
create unique index ux_provider_notices_notice_id_provider_id on provider_notices (notice_id, provider_id);
create index ix_provider_notices_provider_id on provider_notices (provider_id);
