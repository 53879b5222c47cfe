-- An event of several meetings has a programme for each. By the number of the meeting and no day: when the date moves, its programme goes with
-- it. A node of the older version knows the first meeting alone, adds to it, and shows the slots of all as one day until it is gone.
alter table event_slots
    add column meeting smallint not null default 1,
    add constraint ck_event_slots_meeting check (meeting between 1 and 8);
drop index ux_event_slots_run_id_begins;
create unique index ux_event_slots_run_id_meeting_begins on event_slots (run_id, meeting, begins);

-- Public pages say what is left in each session. A session without a limit has nothing to say.
create trigger event_session_places_changed after update on event_sessions
    for each row when (old.places_left is distinct from new.places_left)
    execute function notify_places_changed();
