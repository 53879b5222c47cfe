-- Invented bookings for coming dates that nobody has booked: some full, some nearly, some empty. The same every time. Each
-- organisation has the same number of people; a person's two names are those at its number in two lists of coprime length,
-- so that no two people share both.
with organisation as (
    select given.*, md5('organisation:' || domain)::uuid as id
    from unnest(@org_names, @org_keys, @org_domains, @org_sectors, @org_areas, @org_pays) with ordinality
        as given (name, name_key, domain, sector, area, pays, number)
),
member as (
    select organisation.*, place - 1 + (organisation.number - 1) * @people_each as person_number
    from organisation
    cross join generate_series(1, @people_each) as place
),
person as materialized (
    select member.*, first || ' ' || last as person_name, first_key || last_key as person_key,
        regexp_replace(lower(first || '.' || last), '[^a-z.]', '', 'g') || '@' || domain || '.example.org' as email,
        md5('person:' || first || ' ' || last) as chance
    from member
    cross join lateral (
        select (@first_names)[person_number % cardinality(@first_names) + 1] as first,
            (@last_names)[person_number % cardinality(@last_names) + 1] as last,
            (@first_keys)[person_number % cardinality(@first_names) + 1] as first_key,
            (@last_keys)[person_number % cardinality(@last_names) + 1] as last_key
    ) as names
),
run as (
    select run.id, run.reference, run.capacity, run.slot, price.pence, price.source, price.length, price.starts_on,
        row_number() over (order by run.starts_at, run.reference) as number,
        run.starts_at < @now + make_interval(days => @near_days) as is_near,
        ('x' || substr(md5(run.reference), 1, 6))::bit(24)::int as chance
    from course_runs run
    left join run_prices price on price.run_id = run.id
    where run.state = 'Scheduled' and run.starts_at > @now and run.places_taken = 0
),
seat as (
    select run.*, seat,
        -- On every third date colleagues sit together, on the others in pairs.
        (run.chance + case when run.number % 3 = 0 then seat else seat / 2 * 13 + seat % 2 end)
            % (select count(*) from person) as person_number
    from run
    cross join lateral (
        -- A Saturday keeps places: those who look for one should find it.
        select capacity * least(
            case when is_near
                then (@fill_near)[run.number % cardinality(@fill_near) + 1]
                else (@fill_later)[run.number % cardinality(@fill_later) + 1]
            end,
            case when slot = 'Saturday' then 75 else 100 end) / 100 as wanted
    ) as fill
    cross join generate_series(0, fill.wanted - 1) as seat
),
taken as materialized (
    select seat.id as run_id, coalesce(seat.pence, 0) as pence, seat.seat, person.*,
        md5('place:' || seat.reference || ':' || person.person_number) as place_chance,
        md5('booking:' || seat.reference || ':' || person.number) as booking_chance,
        case when coalesce(seat.pence, 0) = 0 then 'Free' else person.pays end as method,
        @now - make_interval(days => seat.chance % 40, hours => person.number::int % 9, mins => seat.chance % 60) as booked_at
    from seat
    join person on person.person_number = seat.person_number
),
new_organisation as (
    insert into organisations (id, name, name_key, sector_id, is_approved)
    select organisation.id, organisation.name, organisation.name_key, sectors.id, true
    from organisation
    join sectors on sectors.name = organisation.sector
    on conflict (name_key) do nothing
),
new_person as (
    insert into people (id, email, email_key, name, name_key, created_at)
    select distinct on (chance) chance::uuid, email, email, person_name, person_key, @now - interval '60 days'
    from taken
),
booking as (
    insert into bookings (
        id, reference, origin, booker_name, booker_email, organisation_name, organisation_id, sector_id, area_id,
        payment_method, state, created_at, confirmed_at)
    select distinct on (booking_chance)
        booking_chance::uuid,
        (select string_agg(substr(@alphabet, get_byte(decode(booking_chance, 'hex'), place) % length(@alphabet) + 1, 1), '')
            from generate_series(0, 7) as place),
        'Invented', person_name, email, taken.name, taken.id, sectors.id, areas.id, method,
        'Confirmed', booked_at, booked_at
    from taken
    join sectors on sectors.name = taken.sector
    join areas on areas.name = taken.area
    order by booking_chance, person_number
),
place as (
    insert into places (id, booking_id, run_id, person_id, delegate_name, access_needs, price_pence, price_rule, state, created_at)
    select place_chance::uuid, booking_chance::uuid, run_id, chance::uuid, person_name,
        case when person_number % @needs_every = 0
            then (@needs)[person_number / @needs_every % cardinality(@needs) + 1]
        end,
        pence, case when pence = 0 then 'Free for everyone' else 'Fee in force on the day' end, 'Confirmed', booked_at
    from taken
),
paid as materialized (
    select booking_chance, sum(pence)::int as amount, min(booked_at) as at
    from taken
    where method = 'Card'
    group by booking_chance
),
payment as (
    insert into payments (
        id, booking_id, provider, attempt, amount_pence, state, received_amount, received_currency, created_at, paid_at)
    select md5('payment:' || booking_chance)::uuid, booking_chance::uuid, 'Imported', 1, amount, 'Paid', amount, 'gbp', at, at
    from paid
),
ledger as (
    insert into ledger_entries (id, booking_id, place_id, kind, amount_pence, payment_id, at)
    select md5('ledger:' || place_chance)::uuid, booking_chance::uuid, place_chance::uuid, 'Payment', pence,
        md5('payment:' || booking_chance)::uuid, at
    from taken
    join paid using (booking_chance)
    where pence > 0
)
update course_runs
set places_taken = live.count
from (
    select run_id, count(*) as count
    from taken
    group by run_id
) as live
where live.run_id = course_runs.id
