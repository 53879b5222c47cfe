-- Staff may take more people than a date has places, one act at a time and with a reason. Only such an act raises extra_places, in the
-- statement that seats; the CHECK stays the last word on it. Nobody else gets such a place, also when one of them is free again.
alter table course_runs
    add column extra_places integer not null default 0,
    add constraint ck_course_runs_extra check (extra_places >= 0),
    drop constraint ck_course_runs_places,
    add constraint ck_course_runs_places check (places_taken between 0 and capacity + extra_places),
    drop constraint ck_course_runs_held_back,
    add constraint ck_course_runs_held_back check (
        held_back between 0 and capacity
        and (held_back_left = 0 or places_taken + held_back_left <= capacity + extra_places or coalesce(counted_at >= held_back_until, false)));

-- The same column, never below 0. Before PostgreSQL 17 its expression cannot be changed.
alter table course_runs drop column places_left;
alter table course_runs add column places_left integer not null generated always as (greatest(0, capacity - places_taken)) stored;
