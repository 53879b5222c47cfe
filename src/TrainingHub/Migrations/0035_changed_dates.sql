-- What staff do to a date that people have booked.
alter table course_runs
    -- Told to those who are booked, and to nobody else.
    add column joining_link varchar(500),
    add column moved_at timestamptz,
    add column cancel_reason varchar(500),
    -- Until then those who were booked on a cancelled date may choose another; only then does their money go back.
    add column choose_until timestamptz,
    add constraint ck_course_runs_cancelled_only check (state = 'Cancelled' or (cancel_reason is null and choose_until is null));

-- Places that ended because their date was cancelled. Until choose_until the booker may give them another date, and their money waits.
create view places_ended_with_date as
    select place.id as place_id, place.booking_id, run.id as run_id, run.choose_until
    from places place
    join course_runs run on run.id = place.run_id
    where run.state = 'Cancelled'
      and place.state = 'Cancelled'
      and place.ended_at = run.cancelled_at;
