-- Toolkits, briefings and guidance that visitors can look up, with the courses in which they are taught.
create table resources (
    id uuid not null,
    title varchar(200) not null,
    kind text not null,
    summary varchar(500),
    url varchar(500),
    area_id uuid,
    archived_at timestamptz,
    version integer not null default 0,
    constraint pk_resources primary key (id),
    constraint ck_resources_kind check (kind in ('Toolkit', 'Briefing', 'Guidance')),
    constraint ck_resources_url check (url like 'https://%'),
    constraint fk_resources_area_id foreign key (area_id) references areas (id) on delete restrict
);
create unique index ux_resources_title on resources (title);
create index ix_resources_area_id on resources (area_id);

create table resource_courses (
    resource_id uuid not null,
    course_id uuid not null,
    constraint pk_resource_courses primary key (resource_id, course_id),
    constraint fk_resource_courses_resource_id foreign key (resource_id) references resources (id) on delete restrict,
    constraint fk_resource_courses_course_id foreign key (course_id) references courses (id) on delete restrict
);
create index ix_resource_courses_course_id on resource_courses (course_id);

create trigger resources_changed after insert or update or delete on resources
    for each statement execute function notify_catalogue_changed();
create trigger resource_courses_changed after insert or update or delete on resource_courses
    for each statement execute function notify_catalogue_changed();
