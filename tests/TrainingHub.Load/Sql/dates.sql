-- 500 free dates with room for everybody, spread over the coming months, of the courses that there are.
insert into course_runs (
    id, reference, course_id, starts_at, ends_at, runs_on, slot, capacity, places_taken, delivery, area_id, fee_pence, state,
    change_number)
select
    md5('bench-date-' || number)::uuid, 'BENCH-' || number, course.id, day + interval '10 hours', day + interval '13 hours', day::date,
    'Weekday', 500, 0, 'Online', null, 0, 'Scheduled', 0
from generate_series(1, 500) as number
cross join lateral (select date_trunc('day', @now) + make_interval(days => 30 + number % 200) as day) as calendar
join (select id, row_number() over (order by id) as position, count(*) over () as count from courses) course
    on course.position = 1 + number % course.count;

insert into organisations (id, name, name_key)
select gen_random_uuid(), 'School ' || number, 'school ' || number
from generate_series(7000000, 7000199) as number;
