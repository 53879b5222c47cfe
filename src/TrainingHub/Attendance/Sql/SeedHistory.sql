-- Who came to the dates of past years. Each seat of a year's dates has its turn in an order that looks like chance and is the
-- same every time: the first so many came, the next so many were absent, the rest stayed empty. Nobody is named.
with year as (
    select *
    from unnest(@prefixes, @attended, @absent) as given (prefix, attended, absent)
),
share as (
    select kind, name, sum(weight) over (partition by kind order by name) - weight as first, weight,
        sum(weight) over (partition by kind) as total
    from unnest(@share_kinds, @share_names, @share_weights) as given (kind, name, weight)
),
seat as (
    select run.id as run_id, run.reference as run_reference, run.starts_at, run.ends_at, number, year.attended, year.absent,
        md5(run.reference || ':' || number) as chance,
        row_number() over (partition by year.prefix order by md5(run.reference || ':' || number)) as turn
    from year
    join course_runs run on run.reference like year.prefix || '-%'
    cross join generate_series(1, run.capacity) as number
    where run.places_taken = 0
),
taken as materialized (
    select seat.*, sector.id as sector_id, area.id as area_id,
        md5(seat.run_reference || ':' || sector.name || ':' || area.name) as booking_chance
    from seat
    join share as sectors on sectors.kind = 'sector'
        and ('x' || substr(seat.chance, 1, 6))::bit(24)::int % sectors.total between sectors.first and sectors.first + sectors.weight - 1
    join share as areas on areas.kind = 'area'
        and ('x' || substr(seat.chance, 7, 6))::bit(24)::int % areas.total between areas.first and areas.first + areas.weight - 1
    join sectors as sector on sector.name = sectors.name
    join areas as area on area.name = areas.name
    where seat.turn <= seat.attended + seat.absent
),
booking as (
    insert into bookings (id, reference, origin, sector_id, area_id, payment_method, state, created_at, confirmed_at)
    select distinct on (booking_chance)
        booking_chance::uuid,
        (select string_agg(substr(@alphabet, get_byte(decode(booking_chance, 'hex'), place) % length(@alphabet) + 1, 1), '')
            from generate_series(0, 7) as place),
        'Invented', sector_id, area_id, 'NotKnown', 'Confirmed', starts_at - interval '30 days', starts_at - interval '30 days'
    from taken
),
place as (
    insert into places (id, booking_id, run_id, price_pence, price_rule, state, created_at)
    select chance::uuid, booking_chance::uuid, run_id, 0, 'Not recorded', 'Confirmed', starts_at - interval '30 days'
    from taken
),
mark as (
    insert into attendance_marks (place_id, mark, marked_at)
    select chance::uuid, case when turn <= attended then 'Attended' else 'Absent' end, ends_at
    from taken
)
update course_runs
set places_taken = live.count
from (
    select run_id, count(*) as count
    from taken
    group by run_id
) as live
where live.run_id = course_runs.id
