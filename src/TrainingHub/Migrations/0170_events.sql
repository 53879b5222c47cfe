-- An event is a course of another kind: what is booked, paid, marked and asked stays where it is. Its dates have a programme of slots with
-- sessions, and whoever has a place chooses one session of each slot that has several. A node of the older version knows none of it.
alter table courses
    add column kind text not null default 'Course',
    add constraint ck_courses_kind check (kind in ('Course', 'Conference', 'LearningEvent', 'Briefing', 'LearningCircle'));

-- Times of the day and no instants: when the date moves to another day, its programme goes with it.
create table event_slots (
    id uuid not null,
    run_id uuid not null,
    begins time not null,
    ends time not null,
    constraint pk_event_slots primary key (id),
    constraint ck_event_slots_times check (begins < ends),
    constraint fk_event_slots_run_id foreign key (run_id) references course_runs (id) on delete restrict
);
create unique index ux_event_slots_run_id_begins on event_slots (run_id, begins);

create table event_sessions (
    id uuid not null,
    slot_id uuid not null,
    title varchar(200) not null,
    about varchar(1000),
    speakers varchar(300),
    room varchar(100),
    capacity integer,
    places_taken integer not null default 0,
    places_left integer generated always as (case when capacity is not null then greatest(0, capacity - places_taken) end) stored,
    version integer not null default 0,
    constraint pk_event_sessions primary key (id),
    constraint ak_event_sessions_id_slot_id unique (id, slot_id),
    constraint ck_event_sessions_capacity check (capacity between 1 and 500),
    -- The last word: whatever asks for one place too many is refused here.
    constraint ck_event_sessions_places check (places_taken >= 0 and (capacity is null or places_taken <= capacity)),
    constraint fk_event_sessions_slot_id foreign key (slot_id) references event_slots (id) on delete restrict
);
create index ix_event_sessions_slot_id on event_sessions (slot_id);

create table event_plans (
    run_id uuid not null,
    choose_last_on date,
    version integer not null default 0,
    constraint pk_event_plans primary key (run_id),
    constraint fk_event_plans_run_id foreign key (run_id) references course_runs (id) on delete restrict
);

-- One session of each slot.
create table session_choices (
    place_id uuid not null,
    slot_id uuid not null,
    session_id uuid not null,
    chosen_at timestamptz not null,
    constraint pk_session_choices primary key (place_id, slot_id),
    constraint fk_session_choices_place_id foreign key (place_id) references places (id) on delete restrict,
    constraint fk_session_choices_session_id_slot_id foreign key (session_id, slot_id) references event_sessions (id, slot_id) on delete restrict
);
create index ix_session_choices_session_id_slot_id on session_choices (session_id, slot_id);

create trigger event_slots_changed after insert or update or delete on event_slots
    for each statement execute function notify_catalogue_changed();
create trigger event_sessions_changed after insert or delete or update of title, about, speakers, room on event_sessions
    for each statement execute function notify_catalogue_changed();

-- What a place had chosen is free again.
create function free_session_choices(place uuid) returns void language sql as $$
    with freed as (
        delete from session_choices
        where place_id = place
        returning session_id
    )
    update event_sessions
    set places_taken = places_taken - 1
    from freed
    where event_sessions.id = freed.session_id
$$;

-- However a place ends or goes to another date, its sessions are free in the same transaction. Whoever changes places has locked the date,
-- and whoever chooses shares that lock, so neither waits for the other's sessions.
create function free_sessions_of_place() returns trigger language plpgsql as $$
begin
    perform free_session_choices(new.id);
    return null;
end
$$;
create trigger places_free_their_sessions after update on places
    for each row when (old.run_id <> new.run_id or (old.ended_at is null and new.ended_at is not null))
    execute function free_sessions_of_place();
