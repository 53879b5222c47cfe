-- Staff find people, bookers, organisations, bookings and dates by any part of a name, an address or a reference. Trigrams are a module
-- that comes with PostgreSQL (contrib) and that whoever may create in the database may install.
create extension if not exists pg_trgm;

create index ix_people_name_key_email_key on people using gin (name_key gin_trgm_ops, email_key gin_trgm_ops);

alter table bookings
    add column booker_key text generated always as (name_key(booker_name)) stored,
    add column organisation_key text generated always as (name_key(organisation_name)) stored;
create index ix_bookings_found_by on bookings
    using gin (reference gin_trgm_ops, booker_key gin_trgm_ops, booker_email gin_trgm_ops, organisation_key gin_trgm_ops);

alter table organisations add column search_key text generated always as (name_key(name)) stored;
create index ix_organisations_search_key on organisations using gin (search_key gin_trgm_ops);

create index ix_course_runs_reference on course_runs using gin (reference gin_trgm_ops);
