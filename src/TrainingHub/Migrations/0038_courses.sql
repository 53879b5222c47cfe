-- What the page of a course says, in Markdown where it is more than a line. Null is not said.
alter table courses
    add column outcomes varchar(5000),
    add column day_plan varchar(5000),
    add column bring varchar(5000),
    add column how_it_runs varchar(5000),
    add column resources varchar(5000),
    add column priority varchar(120),
    add column prerequisite_id uuid,
    add column renewal_months integer,
    add column is_draft boolean not null default false,
    add column archived_at timestamptz,
    add column version integer not null default 0,
    add constraint ck_courses_renewal check (renewal_months between 1 and 120),
    add constraint ck_courses_prerequisite check (prerequisite_id <> id),
    add constraint fk_courses_prerequisite_id foreign key (prerequisite_id) references courses (id) on delete restrict;
create index ix_courses_prerequisite_id on courses (prerequisite_id);

-- What visitors read instead of a tag as it is printed.
create table course_tags (
    tag varchar(60) not null,
    words varchar(100) not null,
    constraint pk_course_tags primary key (tag)
);
create trigger course_tags_changed after insert or update or delete on course_tags
    for each statement execute function notify_catalogue_changed();

-- Who wants to hear of the first date of a course: told once and then forgotten, or forgotten at the end date.
create table date_wishes (
    id uuid not null,
    course_id uuid not null,
    email varchar(254) not null,
    email_key varchar(254) not null,
    asked_at timestamptz not null,
    ends_at timestamptz not null,
    constraint pk_date_wishes primary key (id),
    constraint fk_date_wishes_course_id foreign key (course_id) references courses (id) on delete restrict
);
create unique index ux_date_wishes_course_id_email_key on date_wishes (course_id, email_key);
create index ix_date_wishes_email_key on date_wishes (email_key);
create index ix_date_wishes_ends_at on date_wishes (ends_at);
