-- Answers that nobody can be found by any more, once they are unlinked: they get a new id and lose what only few have in common.

alter table survey_responses
    alter column course_id drop not null,
    alter column area_id drop not null,
    alter column sector_id drop not null,
    -- How exactly submitted_on is kept: the first day of the quarter or of the financial year stands for all of it.
    add column submitted_within text not null default 'Day',
    add constraint ck_survey_responses_submitted_within check (submitted_within in ('Day', 'Quarter', 'Year')),
    add constraint ck_survey_responses_unlinked check (submitted_within = 'Day' or run_id is null);

-- A comment leaves its answers when they are unlinked: who knows the writer by the text would know the answers too.
alter table survey_comments
    alter column response_id drop not null,
    add column course_id uuid,
    add constraint fk_survey_comments_course_id foreign key (course_id) references courses (id) on delete restrict;
create index ix_survey_comments_course_id on survey_comments (course_id);

-- How often a course or a sector was taken off answers, so that totals stay exact.
create table withheld_answers (
    id uuid not null,
    area_id uuid,
    submitted_on date not null,
    submitted_within text not null,
    course_id uuid,
    sector_id uuid,
    count integer not null,
    constraint pk_withheld_answers primary key (id),
    constraint ck_withheld_answers_count check (count > 0),
    constraint ck_withheld_answers_one check (num_nonnulls(course_id, sector_id) = 1),
    constraint ck_withheld_answers_submitted_within check (submitted_within in ('Day', 'Quarter', 'Year')),
    constraint fk_withheld_answers_area_id foreign key (area_id) references areas (id) on delete restrict,
    constraint fk_withheld_answers_course_id foreign key (course_id) references courses (id) on delete restrict,
    constraint fk_withheld_answers_sector_id foreign key (sector_id) references sectors (id) on delete restrict
);
create unique index ux_withheld_answers_area_id_submitted_on_submitted_within_cours
    on withheld_answers (area_id, submitted_on, submitted_within, course_id, sector_id) nulls not distinct;
create index ix_withheld_answers_course_id on withheld_answers (course_id);
create index ix_withheld_answers_sector_id on withheld_answers (sector_id);

-- Every imported answer is known for a time, whether its row named a delegate or not. Those that are not any more are unlinked next.
alter table imported_answers drop constraint ck_imported_answers_end;

-- Dates with imported answers that are unlinked, and the day of the last such import: what a later file says about these dates and
-- was answered up to then cannot be compared any more.
create table unlinked_imports (
    run_id uuid not null,
    imported_on date not null,
    constraint pk_unlinked_imports primary key (run_id),
    constraint fk_unlinked_imports_run_id foreign key (run_id) references course_runs (id) on delete restrict
);
