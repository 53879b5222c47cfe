-- Places that are booked before it is known who comes. Nobody is on them until the booker, or staff, name somebody.
alter table places
    add column awaits_name boolean not null default false,
    add column name_asked_at timestamptz,
    add constraint ck_places_awaits_name check (not awaits_name or person_id is null and delegate_name is null);

create index ix_places_awaits_name on places (run_id) where awaits_name;

create or replace view live_places as
select id, booking_id, run_id, person_id, delegate_name, access_needs, price_pence, state, created_at, ended_at, awaits_name
from places
where state in ('Held', 'Confirmed');
