-- A whole booking as one statement, so that the run's row is locked only while the server works, not while it is talked to.
-- The run comes first: nothing below it happens when the places are not there, and nobody who waits for it holds anything.
-- No row comes back when the date is full, cancelled or has begun.
with seat as (
    update course_runs
    set places_taken = places_taken + @places
    where id = @run_id
      and state = 'Scheduled'
      and starts_at > @now
      and places_taken + @places <= capacity
    returning id
),
known_organisation as (
    select id
    from organisations
    where name_key = @organisation_key
),
new_organisation as (
    insert into organisations (id, name, name_key, sector_id)
    select @organisation_id, @organisation_name, @organisation_key, @sector_id
    from seat
    where @organisation_key is not null
      and not exists (select from known_organisation)
    on conflict (name_key) do update set name_key = excluded.name_key
    returning id
),
application as (
    insert into free_place_applications (id, applicant, organisation_name, registered_number, about, created_at, state)
    select @application_id, @applicant, @organisation_name, @registered_number, @about, @now, 'Pending'
    from seat
    where @application_id is not null
    returning id
),
booking as (
    insert into bookings (
        id, reference, origin, booker_name, booker_email, organisation_name, organisation_id, sector_id, area_id,
        payment_method, price_rule, purchase_order, invoice_email, free_place_application_id, state, held_until, created_at,
        confirmed_at)
    select
        @booking_id, @reference, 'Online', @booker_name, @booker_email, @organisation_name,
        coalesce((select id from known_organisation), (select id from new_organisation)), @sector_id, @area_id,
        @payment_method, @price_rule, @purchase_order, @invoice_email, (select id from application), @booking_state, @held_until,
        @now, @confirmed_at
    from seat
    returning id
),
delegate as (
    select given.*
    from seat
    cross join unnest(@place_ids, @person_ids, @names, @name_keys, @emails, @email_keys, @access_needs)
        as given (place_id, person_id, name, name_key, email, email_key, access_needs)
),
known_person as (
    select id, email_key, name_key
    from people
    where email_key = any(@email_keys)
),
-- In the order of the keys, so that two bookings that share new people wait for each other and never in a circle.
new_person as (
    insert into people (id, email, email_key, name, name_key, created_at)
    select person_id, email, email_key, name, name_key, @now
    from delegate
    where not exists (
        select
        from known_person known
        where known.email_key = delegate.email_key
          and known.name_key = delegate.name_key
    )
    order by email_key collate "C", name_key collate "C"
    on conflict (email_key, name_key) do update set email_key = excluded.email_key
    returning id, email_key, name_key
),
-- Of an address that several people use, also the others.
person as (
    select id, email_key, name_key from known_person
    union all
    select id, email_key, name_key from new_person
),
place as (
    insert into places (id, booking_id, run_id, person_id, delegate_name, access_needs, price_pence, state, created_at)
    select delegate.place_id, booking.id, @run_id, person.id, delegate.name, delegate.access_needs, @price_pence, @place_state, @now
    from booking
    cross join delegate
    join person on person.email_key = delegate.email_key and person.name_key = delegate.name_key
    returning id
),
link as (
    insert into secret_links (hash, purpose, subject_id, created_at, expires_at)
    select @link_hash, @link_purpose, id, @now, @link_expires_at
    from booking
),
email as (
    insert into outgoing_emails (id, kind, model, to_address, subject, about, state, created_at, due_at, attempt_count)
    select message.id, message.kind, message.model::jsonb, message.to_address, message.subject, @reference, 'Queued', @now, @now, 0
    from booking
    cross join unnest(@email_ids, @email_kinds, @email_models, @email_addresses, @email_subjects)
        as message (id, kind, model, to_address, subject)
)
select count(*)::int
from place
having count(*) > 0
