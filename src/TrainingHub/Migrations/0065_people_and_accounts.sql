-- Under which address and name a person was known before two records were merged: files go on to name them so.
create table person_aliases (
    id uuid not null,
    person_id uuid not null,
    email varchar(254) not null,
    email_key text not null,
    name varchar(100) not null,
    name_key text not null,
    constraint pk_person_aliases primary key (id),
    constraint fk_person_aliases_person_id foreign key (person_id) references people (id) on delete restrict
);
create unique index ux_person_aliases_email_key_name_key on person_aliases (email_key, name_key);
create index ix_person_aliases_person_id on person_aliases (person_id);

alter table staff_users add column last_signed_in_at timestamptz;
