-- Invented people of the coming dates who came to a past one; the last of them for a part of it. A booking each.
with person as (
    select known.id, known.name, known.email, row_number() over (order by known.email) as number,
        md5('attended:' || @run::text || ':' || known.email) as chance, of.organisation_name, of.organisation_id, of.sector_id, of.area_id
    from (select * from people order by email limit @people) known
    cross join lateral (
        select booking.organisation_name, booking.organisation_id, booking.sector_id, booking.area_id
        from places place
        join bookings booking on booking.id = place.booking_id
        where place.person_id = known.id
        order by booking.id
        limit 1
    ) of
),
booking as (
    insert into bookings (
        id, reference, origin, booker_name, booker_email, organisation_name, organisation_id, sector_id, area_id, payment_method, state, created_at, confirmed_at)
    select chance::uuid,
        (select string_agg(substr(@alphabet, get_byte(decode(chance, 'hex'), place) % length(@alphabet) + 1, 1), '') from generate_series(0, 7) as place),
        'Invented', name, email, organisation_name, organisation_id, sector_id, area_id, 'Free', 'Confirmed', @booked_at, @booked_at
    from person
),
place as (
    insert into places (id, booking_id, run_id, person_id, delegate_name, price_pence, price_rule, state, created_at)
    select md5('place:' || chance)::uuid, chance::uuid, @run::uuid, id, name, 0, 'Free for everyone', 'Confirmed', @booked_at
    from person
),
mark as (
    insert into attendance_marks (place_id, mark, marked_at)
    select md5('place:' || chance)::uuid, case when number = @people then 'Part' else 'Attended' end, @marked_at
    from person
)
update course_runs
set places_taken = (select count(*) from person)
where id = @run
