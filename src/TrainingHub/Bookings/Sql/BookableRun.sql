select
    run.id,
    run.course_id,
    course.title,
    course.slug,
    run.starts_at,
    run.ends_at,
    run.runs_on,
    run.delivery,
    venue.name,
    venue.address,
    run.capacity,
    run.places_taken,
    run.state,
    run.change_number,
    run.fee_pence,
    course.length,
    own.price_pence,
    own.starts_on,
    schedule.half_day_pence,
    schedule.full_day_pence,
    schedule.starts_on
from course_runs run
join courses course on course.id = run.course_id
left join venues venue on venue.id = run.venue_id
left join lateral (
    select fee.price_pence, fee.starts_on
    from course_fees fee
    where fee.course_id = run.course_id and fee.starts_on <= run.runs_on
    order by fee.starts_on desc
    limit 1
) own on true
left join lateral (
    select fees.half_day_pence, fees.full_day_pence, fees.starts_on
    from fee_schedules fees
    where fees.starts_on <= run.runs_on
    order by fees.starts_on desc
    limit 1
) schedule on true
where run.id = @run_id
