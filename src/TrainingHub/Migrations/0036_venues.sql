-- What delegates need to know of a venue, and what staff need to run it. Null is not known.
alter table venues
    add column postcode varchar(8),
    add column room varchar(200),
    add column map_url varchar(500),
    add column step_free text,
    add column access varchar(1000),
    add column travel varchar(1000),
    add column contact_name varchar(120),
    add column contact_phone varchar(40),
    add column archived_at timestamptz,
    add column version integer not null default 0,
    add column full_address text not null generated always as (
        case when postcode is null then address when address = '' then postcode else address || ', ' || postcode end
    ) stored,
    add constraint ck_venues_step_free check (step_free in ('Yes', 'Partly', 'No'));
