-- Surveys: questions, invitations, answers kept apart from names.

create table questions (
    key text not null,
    position integer not null,
    kind text not null,
    wording text not null,
    example_prompt text,
    constraint pk_questions primary key (key),
    constraint ck_questions_kind check (kind in ('Scale', 'YesNo', 'Toolkits'))
);

create table scale_options (
    id uuid not null,
    question_key text not null,
    position integer not null,
    label text not null,
    constraint pk_scale_options primary key (id),
    constraint fk_scale_options_question_key foreign key (question_key) references questions (key) on delete restrict
);
create unique index ux_scale_options_question_key_label on scale_options (question_key, label);
create unique index ux_scale_options_question_key_position on scale_options (question_key, position);

create table toolkits (
    id uuid not null,
    name text not null,
    area_id uuid,
    sort_order integer not null,
    constraint pk_toolkits primary key (id),
    constraint fk_toolkits_area_id foreign key (area_id) references areas (id) on delete restrict
);
create index ix_toolkits_area_id on toolkits (area_id);
create unique index ux_toolkits_name on toolkits (name);

create table survey_invitations (
    id uuid not null,
    place_id uuid not null,
    due_on date not null,
    due_at timestamptz not null,
    state text not null,
    sent_at timestamptz,
    email_id uuid,
    reminders_sent integer not null,
    next_reminder_at timestamptz,
    closes_at timestamptz,
    created_at timestamptz not null,
    constraint pk_survey_invitations primary key (id),
    constraint ck_survey_invitations_reminders_sent check (reminders_sent between 0 and 2),
    constraint ck_survey_invitations_state check (state in ('Scheduled', 'Sent', 'Answered', 'Closed', 'Missed', 'Stopped', 'Withdrawn')),
    constraint fk_survey_invitations_place_id foreign key (place_id) references places (id) on delete restrict
);
create index ix_survey_invitations_closes_at on survey_invitations (closes_at) where state = 'Sent';
create index ix_survey_invitations_due_at on survey_invitations (due_at) where state = 'Scheduled';
create index ix_survey_invitations_next_reminder_at on survey_invitations (next_reminder_at) where state = 'Sent';
create unique index ux_survey_invitations_place_id on survey_invitations (place_id);

create table survey_responses (
    id uuid not null,
    course_id uuid not null,
    run_id uuid,
    area_id uuid not null,
    sector_id uuid not null,
    submitted_on date not null,
    confidence_id uuid not null,
    knowledge_id uuid not null,
    changed_practice boolean not null,
    impacted_families boolean not null,
    recommend boolean not null,
    uses_toolkits boolean,
    toolkit_ids uuid[] not null,
    origin text not null,
    import_key bytea,
    constraint pk_survey_responses primary key (id),
    constraint ck_survey_responses_origin check (origin in ('Survey', 'Import', 'Published', 'Invented')),
    constraint ck_survey_responses_toolkits check ((uses_toolkits is true) = (cardinality(toolkit_ids) > 0)),
    constraint fk_survey_responses_area_id foreign key (area_id) references areas (id) on delete restrict,
    constraint fk_survey_responses_confidence_id foreign key (confidence_id) references scale_options (id) on delete restrict,
    constraint fk_survey_responses_course_id foreign key (course_id) references courses (id) on delete restrict,
    constraint fk_survey_responses_knowledge_id foreign key (knowledge_id) references scale_options (id) on delete restrict,
    constraint fk_survey_responses_run_id foreign key (run_id) references course_runs (id) on delete restrict,
    constraint fk_survey_responses_sector_id foreign key (sector_id) references sectors (id) on delete restrict
);
create index ix_survey_responses_area_id on survey_responses (area_id);
create index ix_survey_responses_confidence_id on survey_responses (confidence_id);
create index ix_survey_responses_course_id on survey_responses (course_id);
create index ix_survey_responses_knowledge_id on survey_responses (knowledge_id);
create index ix_survey_responses_run_id on survey_responses (run_id);
create index ix_survey_responses_sector_id on survey_responses (sector_id);
create index ix_survey_responses_submitted_on on survey_responses (submitted_on);
create unique index ux_survey_responses_import_key on survey_responses (import_key);

create table survey_links (
    invitation_id uuid not null,
    response_id uuid not null,
    constraint pk_survey_links primary key (invitation_id),
    constraint fk_survey_links_invitation_id foreign key (invitation_id) references survey_invitations (id) on delete restrict,
    constraint fk_survey_links_response_id foreign key (response_id) references survey_responses (id) on delete restrict
);
create unique index ux_survey_links_response_id on survey_links (response_id);

create table survey_comments (
    id uuid not null,
    response_id uuid not null,
    question_key text not null,
    text varchar(2000) not null,
    state text not null,
    read_at timestamptz,
    read_by_id uuid,
    created_at timestamptz not null,
    constraint pk_survey_comments primary key (id),
    constraint ck_survey_comments_state check (state in ('Unread', 'Read', 'Concern')),
    constraint fk_survey_comments_question_key foreign key (question_key) references questions (key) on delete restrict,
    constraint fk_survey_comments_read_by_id foreign key (read_by_id) references staff_users (id) on delete restrict,
    constraint fk_survey_comments_response_id foreign key (response_id) references survey_responses (id) on delete restrict
);
create index ix_survey_comments_created_at on survey_comments (created_at) where state = 'Unread';
create index ix_survey_comments_question_key on survey_comments (question_key);
create index ix_survey_comments_read_by_id on survey_comments (read_by_id);
create unique index ux_survey_comments_response_id_question_key on survey_comments (response_id, question_key) where state <> 'Concern';
