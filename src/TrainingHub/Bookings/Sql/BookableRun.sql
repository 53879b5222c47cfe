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
    price.pence,
    price.source,
    price.length,
    price.starts_on
from course_runs run
join courses course on course.id = run.course_id
left join venues venue on venue.id = run.venue_id
left join run_prices price on price.run_id = run.id
where run.id = any(@run_ids)
