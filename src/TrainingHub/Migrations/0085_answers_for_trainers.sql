-- What came out of one date, for its trainer: counts to the nearest five, made once when its survey is over and five or more have answered.
-- Nothing in it is about one person.
create table date_evaluations (
    run_id uuid not null,
    responses integer not null,
    counts jsonb not null,
    made_at timestamptz not null,
    constraint pk_date_evaluations primary key (run_id),
    constraint fk_date_evaluations_run_id foreign key (run_id) references course_runs (id) on delete restrict,
    constraint ck_date_evaluations_responses check (responses >= 5)
);

-- Comments that a coordinator shows to the trainer of the date. Who wrote before the survey said so was promised other readers.
alter table survey_comments
    add column may_be_passed_on boolean not null default false,
    add column trainer_run_id uuid constraint fk_survey_comments_trainer_run_id references course_runs (id) on delete restrict,
    add constraint ck_survey_comments_trainer check (trainer_run_id is null or (state = 'Read' and may_be_passed_on));
create index ix_survey_comments_trainer_run_id on survey_comments (trainer_run_id);
