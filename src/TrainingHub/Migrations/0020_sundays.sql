-- A Sunday is a slot of its own: counted as a Saturday it made a published figure wrong.

alter table course_runs
    drop constraint ck_course_runs_slot,
    add constraint ck_course_runs_slot check (slot in ('Weekday', 'Saturday', 'Sunday', 'Twilight'));

update course_runs
set slot = 'Sunday'
where slot = 'Saturday' and extract(isodow from runs_on) = 7;
