-- Whoever shares a browser, an address or a network books one after the other. Only where it matters who is booking.
select pg_advisory_xact_lock(key)
from unnest(@visitor_locks) as given (key)
order by key;
-- With one plan for all orders: to plan this for each takes as long as to do it.
select set_config('plan_cache_mode', 'force_generic_plan', true);
-- A whole order as one statement, so that its dates are locked only while the server works, not while it is talked to. The dates
-- come first, in the order of their ids: nothing below them happens when the places are not there on every one, nobody who waits
-- for them holds anything but earlier ones, and so no two orders deadlock. A date that is full is not
-- waited for; one that changed while it was waited for is looked at again. No row comes back when a date is full, cancelled, closed or
-- has begun, or was moved since the emails below were written. Places held back for another sector count as taken until their day.
-- Only staff say up to how many people in all a date may be taken, over its capacity, and after when it must begin. What is offered or owed
-- to the waiting list counts as taken for everybody but who brings an offer that still holds: that is used up with the seats.
with wanted as (
    select *
    from unnest(
        @run_ids::uuid[], @run_changes::integer[], @run_places::integer[], @run_most_places::integer[], @run_offers::uuid[])
        as given (run_id, change_number, places, most_places, offer_id)
),
-- What the same visitor, and others of the same network, have got and not paid for. Looked at only where it matters.
holding as (
    select
        booking.browser_hash = @browser_hash or lower(booking.booker_email) = @booker_key as is_same,
        coalesce(booking.network_hash = @network_hash, false) as is_neighbour,
        booking.state = 'Held' as is_unpaid,
        count(*)::int as places
    from bookings booking
    join live_places place on place.booking_id = booking.id
    where (booking.state = 'Held' or booking.created_at > @hour_ago)
      and booking.origin = 'Online'
      and (booking.browser_hash = @browser_hash or lower(booking.booker_email) = @booker_key or booking.network_hash = @network_hash)
    group by booking.id
),
bound as materialized (
    select case when @network_hash::bytea is null then true else (
        select coalesce(sum(places) filter (where is_same and is_unpaid), 0) + @unpaid_wanted <= @most_unpaid
            and coalesce(sum(places) filter (where is_same), 0) + @wanted <= @most_an_hour
            and coalesce(sum(places) filter (where is_neighbour and is_unpaid), 0) + @unpaid_wanted <= @most_unpaid_of_network
            and coalesce(sum(places - 1) filter (where is_neighbour and is_unpaid), 0) + greatest(0, @unpaid_wanted - 1) <= @most_unpaid
        from holding
    ) end as is_kept
),
open as materialized (
    select run.id, wanted.places, wanted.most_places, wanted.offer_id, coalesce(entry.places_wanted, 0) as offered
    from course_runs run
    join wanted on wanted.run_id = run.id
    left join waiting_list_entries entry on entry.id = wanted.offer_id and entry.run_id = run.id
    where run.state = 'Scheduled'
      and least(case when @begins_after::timestamptz is null then run.books_until end, run.starts_at) > coalesce(@begins_after, @now)
      and greatest(places_left_for(run, @sector_id, @now) + coalesce(entry.places_wanted, 0), wanted.most_places - run.places_taken) >= wanted.places
      and run.change_number = wanted.change_number
    order by run.id
    for no key update of run
),
-- Looked at again under the date's lock: it may have been declined, ended or made smaller while the date was waited for.
offer as materialized (
    select entry.id
    from open
    join waiting_list_entries entry on entry.id = open.offer_id
    where entry.state = 'Offered'
      and entry.offered_until > @now
      and entry.places_wanted = open.offered
    for no key update of entry
),
seat as (
    update course_runs
    set places_taken = places_taken + open.places,
        held_back_taken = held_back_taken + case when held_back_for_id = @sector_id then open.places else 0 end,
        extra_places = case
            when places_taken + open.places + places_offered - open.offered > capacity
            then greatest(extra_places, open.most_places - capacity + places_offered - open.offered)
            else extra_places
        end,
        places_waited_for = places_waited_for - open.offered,
        places_offered = places_offered - open.offered,
        counted_at = @now
    from open
    where course_runs.id = open.id
      and (select count(*) from open) = cardinality(@run_ids)
      and (select count(*) from offer) = (select count(offer_id) from open)
      and (select is_kept from bound)
      -- The look beforehand, for a plain refusal; what counts and refuses the last one too many is 0090_free_place_awards.sql.
      and (@award_id::uuid is null or exists (
          select
          from free_place_awards award
          where award.id = @award_id
            and award.ended_at is null
            and award.valid_until >= @today
            and award.places - award.places_used >= @wanted
      ))
    returning course_runs.id
),
-- Another name for one that it was merged into leads there. Held as the booking that refers to it would hold it, so that a merge either
-- has moved the name before or finds this booking.
known_organisation as (
    select coalesce(merged_into_id, id) as id
    from organisations
    where name_key = @organisation_key
      and exists (select from seat)
    for key share
),
new_organisation as (
    insert into organisations (id, name, name_key, sector_id)
    select @organisation_id, @organisation_name, @organisation_key, @sector_id
    where @organisation_key is not null
      and exists (select from seat)
      and not exists (select from known_organisation)
    on conflict (name_key) do update set sector_id = organisations.sector_id
    returning coalesce(merged_into_id, id) as id
),
application as (
    insert into free_place_applications (id, applicant, organisation_name, registered_number, about, created_at, state, policy_id, decide_on)
    select @application_id, @applicant, @organisation_name, @registered_number, @about, @now, 'Pending', @policy_id, @decide_on
    where @application_id is not null
      and exists (select from seat)
    returning id
),
booking as (
    insert into bookings (
        id, reference, origin, booker_name, booker_email, organisation_name, organisation_id, sector_id, area_id,
        payment_method, purchase_order, invoice_email, free_place_application_id, state, held_until, created_at,
        confirmed_at, browser_hash, network_hash, added_to_id)
    select
        @booking_id, @reference, @origin, @booker_name, @booker_email, @organisation_name,
        coalesce((select id from known_organisation), (select id from new_organisation)), @sector_id, @area_id,
        @payment_method, @purchase_order, @invoice_email, (select id from application), @booking_state, @held_until,
        @now, @confirmed_at, @browser_hash, @network_hash, @added_to_id
    where exists (select from seat)
    returning id
),
used_offer as (
    update waiting_list_entries
    set state = 'Booked', offered_until = null, booking_id = booking.id
    from booking, offer
    where waiting_list_entries.id = offer.id
    returning waiting_list_entries.id
),
told_offer as (
    insert into waiting_list_events (id, entry_id, kind, at)
    select @offer_event_id, id, 'Booked', @now
    from used_offer
),
delegate as (
    select given.*
    from booking
    cross join unnest(@person_ids::uuid[], @names::text[], @name_keys::text[], @emails::text[], @email_keys::text[])
        as given (person_id, name, name_key, email, email_key)
),
known_person as (
    select id, email_key, name_key
    from people
    where email_key = any(@email_keys)
),
-- After the organisation, which the booking needs, and in the order of the keys: two bookings that share new rows take them in one
-- order. What is updated is no key, so the row is locked no stronger than a place that refers to it allows. So nothing deadlocks.
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
    on conflict (email_key, name_key) do update set created_at = people.created_at
    returning id, email_key, name_key
),
-- Of an address that several people use, also the others.
person as (
    select id, email_key, name_key from known_person
    union all
    select id, email_key, name_key from new_person
),
place as (
    insert into places (id, booking_id, run_id, person_id, delegate_name, access_needs, price_pence, price_rule, alone_pence, state, created_at, awaits_name, free_place_award_id, forgone_pence, prerequisite_id, prerequisite_said, prerequisite_detail)
    select given.place_id, booking.id, given.run_id, person.id, given.name, given.access_needs, given.price_pence, given.price_rule, given.alone_pence,
        @place_state, @now, given.name_key is null, @award_id, given.forgone_pence,
        given.prerequisite_id, given.prerequisite_said, given.prerequisite_detail
    from booking
    cross join unnest(
        @place_ids::uuid[], @place_runs::uuid[], @place_names::text[], @place_name_keys::text[], @place_email_keys::text[], @access_needs::text[],
        @place_prices::integer[], @place_price_rules::text[], @place_alone::integer[], @place_forgone::integer[],
        @prerequisite_ids::uuid[], @prerequisites_said::text[], @prerequisite_details::text[])
        as given (place_id, run_id, name, name_key, email_key, access_needs, price_pence, price_rule, alone_pence, forgone_pence,
            prerequisite_id, prerequisite_said, prerequisite_detail)
    left join person on person.email_key = given.email_key and person.name_key = given.name_key
    -- Without a name, because it is not known yet who comes.
    where person.id is not null or given.name_key is null
    returning id
),
link as (
    insert into secret_links (hash, purpose, subject_id, created_at, expires_at)
    select given.hash, given.purpose, given.subject_id, @now, given.expires_at
    from booking
    cross join unnest(@link_hashes::bytea[], @link_purposes::text[], @link_subjects::uuid[], @link_expiries::timestamptz[])
        as given (hash, purpose, subject_id, expires_at)
),
email as (
    insert into outgoing_emails (id, kind, model, to_address, subject, about, state, created_at, due_at, attempt_count)
    select message.id, message.kind, message.model::jsonb, message.to_address, message.subject, @reference, 'Queued', @now, @now, 0
    from booking
    cross join unnest(@email_ids::uuid[], @email_kinds::text[], @email_models::text[], @email_addresses::text[], @email_subjects::text[])
        as message (id, kind, model, to_address, subject)
)
-- No place, because the visitor has enough that are not paid for, is 0.
select count(*)::int
from place
having count(*) > 0
    or not (select is_kept from bound)
