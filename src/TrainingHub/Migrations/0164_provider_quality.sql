-- What the partnership holds about the quality of a provider: its documents, what was seen at its courses, and reviews of how it goes on.
create table provider_documents (
    id uuid not null,
    provider_id uuid not null,
    kind text not null,
    name varchar(120) not null,
    last_on date,
    replaces_id uuid,
    file_name varchar(120) not null,
    file_kind text not null,
    file_content bytea not null,
    added_at timestamptz not null,
    replaced_at timestamptz,
    archived_at timestamptz,
    version integer not null default 0,
    constraint pk_provider_documents primary key (id),
    constraint ck_provider_documents_kind check (kind in ('Contract', 'Insurance', 'SafeguardingPolicy', 'Other')),
    constraint ck_provider_documents_file_kind check (file_kind in ('Pdf', 'Jpeg', 'Png')),
    constraint ck_provider_documents_file check (octet_length(file_content) between 1 and 5242880),
    constraint fk_provider_documents_provider_id foreign key (provider_id) references providers (id) on delete restrict,
    constraint fk_provider_documents_replaces_id foreign key (replaces_id) references provider_documents (id) on delete restrict
);
create index ix_provider_documents_provider_id on provider_documents (provider_id);
-- A document is replaced once. The earlier one says so itself too, since it goes first.
create unique index ux_provider_documents_replaces_id on provider_documents (replaces_id);

create table course_observations (
    id uuid not null,
    run_id uuid not null,
    observed_by_id uuid,
    up_to_date text not null,
    delivery text not null,
    discussion text not null,
    hard_subjects text not null,
    setting text not null,
    went_well varchar(2000) not null,
    to_change varchar(2000),
    agreed varchar(2000),
    follow_up_on date,
    outcome varchar(1000),
    archived_at timestamptz,
    version integer not null default 0,
    constraint pk_course_observations primary key (id),
    constraint ck_course_observations_up_to_date check (up_to_date in ('NotYet', 'InPart', 'Well', 'VeryWell', 'NotSeen')),
    constraint ck_course_observations_delivery check (delivery in ('NotYet', 'InPart', 'Well', 'VeryWell', 'NotSeen')),
    constraint ck_course_observations_discussion check (discussion in ('NotYet', 'InPart', 'Well', 'VeryWell', 'NotSeen')),
    constraint ck_course_observations_hard_subjects check (hard_subjects in ('NotYet', 'InPart', 'Well', 'VeryWell', 'NotSeen')),
    constraint ck_course_observations_setting check (setting in ('NotYet', 'InPart', 'Well', 'VeryWell', 'NotSeen')),
    constraint ck_course_observations_outcome check (outcome is null or follow_up_on is not null),
    constraint fk_course_observations_run_id foreign key (run_id) references course_runs (id) on delete restrict,
    constraint fk_course_observations_observed_by_id foreign key (observed_by_id) references staff_users (id) on delete restrict
);
create index ix_course_observations_run_id on course_observations (run_id);
create index ix_course_observations_observed_by_id on course_observations (observed_by_id);

-- One that has not been held says when the first is to be. When the next is due stands in the newest that was held.
create table provider_reviews (
    id uuid not null,
    provider_id uuid not null,
    held_on date,
    outcome text,
    words varchar(2000),
    next_on date,
    archived_at timestamptz,
    version integer not null default 0,
    constraint pk_provider_reviews primary key (id),
    constraint ck_provider_reviews_outcome check (outcome in ('CarryOn', 'CarryOnWithChanges', 'End')),
    constraint ck_provider_reviews_held check ((held_on is null) = (outcome is null) and (held_on is null) = (words is null)),
    constraint ck_provider_reviews_next check (
        next_on > coalesce(held_on, '-infinity') or (next_on is null and held_on is not null)),
    constraint ck_provider_reviews_end check (outcome is null or (outcome = 'End') = (next_on is null)),
    constraint fk_provider_reviews_provider_id foreign key (provider_id) references providers (id) on delete restrict
);
create index ix_provider_reviews_provider_id_held_on on provider_reviews (provider_id, held_on);
create unique index ux_provider_reviews_provider_id on provider_reviews (provider_id) where held_on is null;
