-- What organisations and answers to surveys ask for, with one vote of each.
create table training_needs (
    id uuid not null,
    what varchar(300) not null,
    theme_id uuid,
    course_id uuid,
    state text not null,
    because varchar(500),
    added_at timestamptz not null,
    archived_at timestamptz,
    version integer not null default 0,
    constraint pk_training_needs primary key (id),
    constraint ck_training_needs_state check (state in ('Open', 'Planned', 'Met')),
    constraint ck_training_needs_because check (state = 'Open' or because is not null),
    constraint fk_training_needs_theme_id foreign key (theme_id) references learning_themes (id) on delete restrict,
    constraint fk_training_needs_course_id foreign key (course_id) references courses (id) on delete restrict
);
create index ix_training_needs_theme_id on training_needs (theme_id);
create index ix_training_needs_course_id on training_needs (course_id);

-- A comment is another room's, so that no key leads to it; whoever takes one away may leave its vote.
create table training_need_votes (
    id uuid not null,
    need_id uuid not null,
    organisation_id uuid,
    comment_id uuid,
    voted_at timestamptz not null,
    constraint pk_training_need_votes primary key (id),
    constraint ck_training_need_votes_of_one check (num_nonnulls(organisation_id, comment_id) = 1),
    constraint fk_training_need_votes_need_id foreign key (need_id) references training_needs (id) on delete restrict,
    constraint fk_training_need_votes_organisation_id foreign key (organisation_id) references organisations (id) on delete restrict
);
create unique index ux_training_need_votes_need_id_organisation_id on training_need_votes (need_id, organisation_id);
create unique index ux_training_need_votes_need_id_comment_id on training_need_votes (need_id, comment_id);
create index ix_training_need_votes_organisation_id on training_need_votes (organisation_id);
