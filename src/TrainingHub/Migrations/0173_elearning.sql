-- What people completed elsewhere, as a file of their employer says. It goes with the person.
create table elearning_completions (
    id uuid not null,
    person_id uuid not null,
    title varchar(200) not null,
    title_key varchar(200) not null,
    completed_on date not null,
    constraint pk_elearning_completions primary key (id),
    constraint fk_elearning_completions_person_id foreign key (person_id) references people (id) on delete restrict
);
create unique index ux_elearning_completions_person_id_title_key_completed_on on elearning_completions (person_id, title_key, completed_on);
