-- 100,000 people who attended one of 250 past dates three months ago and were sent a survey. Person N's private link carries the
-- token 'bench' + N in 17 digits.
insert into course_runs (
    id, reference, course_id, starts_at, ends_at, runs_on, slot, capacity, places_taken, delivery, fee_pence, state, change_number)
select
    md5('bench-past-' || number)::uuid, 'PAST-' || number, course.id, day + interval '10 hours', day + interval '13 hours', day::date,
    'Weekday', 400, 400, 'Online', 0, 'Scheduled', 0
from generate_series(0, 249) as number
cross join lateral (select date_trunc('day', @now) - make_interval(days => 92 + number % 10) as day) as calendar
join (select id, row_number() over (order by id) as position, count(*) over () as count from courses) course
    on course.position = 1 + number % course.count;

insert into people (id, email, email_key, name, created_at)
select md5('bench-person-' || number)::uuid, 'past' || number || '@bench.example', 'past' || number || '@bench.example', 'Past ' || number, @now
from generate_series(1, 100000) as number;

insert into bookings (
    id, reference, origin, booker_name, booker_email, sector_id, area_id, payment_method, state, created_at, confirmed_at)
select
    md5('bench-booking-' || number)::uuid, 'P' || lpad(number::text, 7, '0'), 'Online', 'Past ' || number, 'past' || number || '@bench.example',
    (select id from sectors order by sort_order limit 1), (select id from areas where name = 'BCP'), 'Free', 'Confirmed',
    @now - interval '120 days', @now - interval '120 days'
from generate_series(1, 100000) as number;

insert into places (id, booking_id, run_id, person_id, delegate_name, price_pence, price_rule, state, created_at)
select
    md5('bench-place-' || number)::uuid, md5('bench-booking-' || number)::uuid, md5('bench-past-' || number % 250)::uuid,
    md5('bench-person-' || number)::uuid, 'Past ' || number, 0, 'Free', 'Confirmed', @now - interval '120 days'
from generate_series(1, 100000) as number;

insert into attendance_marks (place_id, mark, marked_at)
select md5('bench-place-' || number)::uuid, 'Attended', @now - interval '92 days'
from generate_series(1, 100000) as number;

insert into survey_invitations (
    id, place_id, due_on, due_at, state, sent_at, reminders_sent, next_reminder_at, closes_at, created_at)
select
    md5('bench-invitation-' || number)::uuid, md5('bench-place-' || number)::uuid, (@now - interval '1 day')::date, @now - interval '1 day', 'Sent',
    @now - interval '1 day', 0, @now + interval '10 days', @now + interval '41 days', @now - interval '92 days'
from generate_series(1, 100000) as number;

insert into secret_links (hash, purpose, subject_id, created_at, expires_at)
select
    sha256(('bench' || lpad(number::text, 17, '0'))::bytea), 'survey', md5('bench-invitation-' || number)::uuid, @now - interval '1 day',
    @now + interval '120 days'
from generate_series(1, 100000) as number;
