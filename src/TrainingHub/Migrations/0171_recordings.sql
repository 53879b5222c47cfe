-- A wish may be for the recording of one date of an event, instead of for the first dates of a course. It stays until the recording ends,
-- since the link that its holder is sent opens for as long as the row is there. A node of the older version takes no wishes until it is gone,
-- since the key that it names is; and it would write to whoever wants a recording as if they wanted dates.
alter table date_wishes
    add column run_id uuid,
    add column told_at timestamptz,
    add constraint fk_date_wishes_run_id foreign key (run_id) references course_runs (id) on delete restrict,
    add constraint ck_date_wishes_told check (told_at is null or run_id is not null);
drop index ux_date_wishes_course_id_email_key;
create unique index ux_date_wishes_course_id_email_key on date_wishes (course_id, email_key) where run_id is null;
create unique index ux_date_wishes_run_id_email_key on date_wishes (run_id, email_key) where run_id is not null;

create table event_links (
    id uuid not null,
    run_id uuid not null,
    title varchar(200) not null,
    url varchar(500) not null,
    until_on date,
    added_at timestamptz not null,
    withdrawn_at timestamptz,
    constraint pk_event_links primary key (id),
    constraint ck_event_links_url check (url like 'https://%'),
    constraint fk_event_links_run_id foreign key (run_id) references course_runs (id) on delete restrict
);
create index ix_event_links_run_id on event_links (run_id);

-- That people may have them, and until when.
create table recording_releases (
    run_id uuid not null,
    released_at timestamptz not null,
    ends_on date not null,
    version integer not null default 0,
    constraint pk_recording_releases primary key (run_id),
    constraint fk_recording_releases_run_id foreign key (run_id) references course_runs (id) on delete restrict
);

-- Who came and was written to: once.
create table recordings_told (
    place_id uuid not null,
    told_at timestamptz not null,
    constraint pk_recordings_told primary key (place_id),
    constraint fk_recordings_told_place_id foreign key (place_id) references places (id) on delete restrict
);
