-- A freed place goes to whoever waits for it, in order. The date's row counts what its waiting list is owed, so that nobody else can take it
-- between the moment when it is freed and the moment when it is offered.
alter table waiting_list_entries
    drop constraint ck_waiting_list_entries_state,
    add constraint ck_waiting_list_entries_state
        check (state in ('Waiting', 'Offered', 'SetAside', 'Booked', 'Declined', 'Lapsed', 'Left', 'Closed')),
    add column is_priority boolean not null default false,
    -- Until when the places are kept for who is offered them.
    add column offered_until timestamptz,
    add column booking_id uuid,
    add constraint ck_waiting_list_entries_offered check ((state = 'Offered') = (offered_until is not null)),
    add constraint fk_waiting_list_entries_booking_id foreign key (booking_id) references bookings (id) on delete restrict;
create index ix_waiting_list_entries_booking_id on waiting_list_entries (booking_id);

drop index ux_waiting_list_entries_run_id_email_key_name_key;
create unique index ux_waiting_list_entries_run_id_email_key_name_key on waiting_list_entries (run_id, email_key, name_key)
    where state in ('Waiting', 'Offered', 'SetAside');

-- What became of an entry, for the page of who waits and for staff. Goes with the entry.
create table waiting_list_events (
    id uuid not null,
    entry_id uuid not null,
    kind text not null,
    at timestamptz not null,
    until timestamptz,
    constraint pk_waiting_list_events primary key (id),
    constraint fk_waiting_list_events_entry_id foreign key (entry_id) references waiting_list_entries (id) on delete restrict,
    constraint ck_waiting_list_events_kind check (kind in (
        'Joined', 'Offered', 'Booked', 'Declined', 'Lapsed', 'Withdrawn', 'SetAside', 'PutBack', 'Preferred', 'NotPreferred', 'FewerPlaces',
        'Left', 'TakenOff', 'Closed', 'WaitsAgain'))
);
create index ix_waiting_list_events_entry_id on waiting_list_events (entry_id);

create function forget_waiting_list_events() returns trigger language plpgsql as $$
begin
    delete from waiting_list_events where entry_id = old.id;
    return old;
end
$$;

create trigger tg_waiting_list_entries_forgotten before delete on waiting_list_entries
    for each row execute function forget_waiting_list_events();

alter table course_runs
    -- Of all who wait and are not set aside, also those who have an offer.
    add column places_waited_for integer not null default 0,
    -- Of these, kept for who has an offer.
    add column places_offered integer not null default 0;

-- Nobody is told now that they waited in vain for what is over.
update waiting_list_entries
set state = 'Closed'
from course_runs run
where run.id = run_id
  and waiting_list_entries.state = 'Waiting'
  and least(run.starts_at, run.books_until) <= now();

update course_runs
set places_waited_for = waited.places
from (
    select run_id, sum(places_wanted)::int as places
    from waiting_list_entries
    where state = 'Waiting'
    group by run_id
) waited
where waited.run_id = course_runs.id;

alter table course_runs
    add constraint ck_course_runs_waited_for check (places_offered between 0 and places_waited_for),
    drop constraint ck_course_runs_places,
    add constraint ck_course_runs_places check (places_taken >= 0 and places_taken + places_offered <= capacity + extra_places),
    drop constraint ck_course_runs_held_back,
    add constraint ck_course_runs_held_back check (
        held_back between 0 and capacity
        and (held_back_left = 0 or places_taken + places_offered + held_back_left <= capacity + extra_places
            or coalesce(counted_at >= held_back_until, false)));

-- However an entry begins, changes or goes, the date counts it in the same transaction. Only the statement that books for an offer counts
-- both itself: the seat that is taken is the one that was offered.
create function count_waiting_list_entry() returns trigger language plpgsql as $$
declare
    waited integer := 0;
    offered integer := 0;
begin
    if tg_op <> 'INSERT' and old.state in ('Waiting', 'Offered') then
        waited := waited - old.places_wanted;
        offered := offered - case when old.state = 'Offered' then old.places_wanted else 0 end;
    end if;
    if tg_op <> 'DELETE' and new.state in ('Waiting', 'Offered') then
        waited := waited + new.places_wanted;
        offered := offered + case when new.state = 'Offered' then new.places_wanted else 0 end;
    end if;
    if waited <> 0 or offered <> 0 then
        update course_runs
        set places_waited_for = places_waited_for + waited, places_offered = places_offered + offered
        where id = case when tg_op = 'DELETE' then old.run_id else new.run_id end;
    end if;
    return null;
end
$$;

create trigger tg_waiting_list_entries_added after insert or delete on waiting_list_entries
    for each row execute function count_waiting_list_entry();
create trigger tg_waiting_list_entries_changed after update of state, places_wanted on waiting_list_entries
    for each row when (not (old.state = 'Offered' and new.state = 'Booked'))
    execute function count_waiting_list_entry();

-- Kept for the sector for which places are held back.
create function places_held_for_sector(run course_runs, moment timestamptz) returns integer language sql immutable as $$
    select case when run.held_back_until > moment then least(run.held_back_left, run.places_left) else 0 end
$$;

-- The places that somebody of a sector may take at a moment who has no offer. As long as booking is open, the waiting list comes first;
-- what is held back for the sector is no part of what the list waits for.
create or replace function places_left_for(run course_runs, sector uuid, moment timestamptz) returns integer language sql immutable as $$
    select greatest(0, run.places_left - places_held_for_sector(run, moment)
            - case when moment < least(run.books_until, run.starts_at) then run.places_waited_for else 0 end)
        + case when run.held_back_for_id = sector then places_held_for_sector(run, moment) else 0 end
$$;

-- The places that nobody has been offered: the waiting list's next ones, and those that an act can be taken back into.
create function places_not_offered(run course_runs, sector uuid, moment timestamptz) returns integer language sql immutable as $$
    select greatest(0, run.places_left - places_held_for_sector(run, moment) - run.places_offered)
        + case when run.held_back_for_id = sector then places_held_for_sector(run, moment) else 0 end
$$;
