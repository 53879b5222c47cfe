-- Whom to talk to at a provider, until when its contract runs, and who of it may teach what. Null is not known.
alter table providers
    add column contact_name varchar(120),
    add column email varchar(254),
    add column phone varchar(40),
    add column contract_from date,
    add column contract_until date,
    add column archived_at timestamptz,
    add column version integer not null default 0,
    add constraint ck_providers_contract check (contract_from <= contract_until);

create table trainers (
    id uuid not null,
    provider_id uuid not null,
    name varchar(120) not null,
    email varchar(254),
    phone varchar(40),
    archived_at timestamptz,
    version integer not null default 0,
    constraint pk_trainers primary key (id),
    constraint fk_trainers_provider_id foreign key (provider_id) references providers (id) on delete restrict
);
create index ix_trainers_provider_id on trainers (provider_id);

create table trainer_courses (
    trainer_id uuid not null,
    course_id uuid not null,
    constraint pk_trainer_courses primary key (trainer_id, course_id),
    constraint fk_trainer_courses_course_id foreign key (course_id) references courses (id) on delete restrict,
    constraint fk_trainer_courses_trainer_id foreign key (trainer_id) references trainers (id) on delete restrict
);
create index ix_trainer_courses_course_id on trainer_courses (course_id);
