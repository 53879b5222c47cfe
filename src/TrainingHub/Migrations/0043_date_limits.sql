-- Until when a date can be booked, how many it needs, and places that are held back for one sector until a day.
alter table course_runs
    add column books_until timestamptz,
    add column minimum_places integer,
    add column held_back integer not null default 0,
    add column held_back_for_id uuid,
    -- The first instant at which anybody may take them.
    add column held_back_until timestamptz,
    -- Live places of that sector, however many: those beyond the ones held back are like anybody's.
    add column held_back_taken integer not null default 0,
    -- When places were last taken or limits last set, so that the check below knows whether the day had come.
    add column counted_at timestamptz,
    add constraint fk_course_runs_held_back_for_id foreign key (held_back_for_id) references sectors (id) on delete restrict,
    add constraint ck_course_runs_minimum check (minimum_places between 1 and capacity),
    add constraint ck_course_runs_held_back_whole check (
        (held_back = 0) = (held_back_for_id is null) and (held_back = 0) = (held_back_until is null)),
    add constraint ck_course_runs_held_back_taken check (held_back_taken between 0 and places_taken);

alter table course_runs
    add column held_back_left integer not null generated always as (greatest(0, held_back - held_back_taken)) stored;

alter table course_runs
    add constraint ck_course_runs_held_back check (
        held_back between 0 and capacity
        and (held_back_left = 0 or places_taken + held_back_left <= capacity or coalesce(counted_at >= held_back_until, false)));

create index ix_course_runs_held_back_for_id on course_runs (held_back_for_id);

-- The places that somebody of a sector may still take at a moment; for whom nothing is held back, null does.
create function places_left_for(run course_runs, sector uuid, moment timestamptz) returns integer language sql immutable as $$
    select run.places_left - case when run.held_back_until > moment and run.held_back_for_id is distinct from sector then run.held_back_left else 0 end
$$;

create trigger course_run_limits_changed after update of books_until, held_back, held_back_for_id, held_back_until on course_runs
    for each statement execute function notify_catalogue_changed();
