-- Dates that staff prepare: nobody else sees them, and nobody is booked on one, until they are published.
alter table course_runs
    drop constraint ck_course_runs_state,
    add constraint ck_course_runs_state check (state in ('Scheduled', 'Cancelled', 'Draft')),
    add constraint ck_course_runs_draft check (state <> 'Draft' or places_taken = 0),
    -- The date of the year before that it was copied from. A date is copied once, whoever presses the button how often.
    add column copied_from_id uuid,
    add constraint fk_course_runs_copied_from_id foreign key (copied_from_id) references course_runs (id) on delete restrict;
create unique index ux_course_runs_copied_from_id on course_runs (copied_from_id);
