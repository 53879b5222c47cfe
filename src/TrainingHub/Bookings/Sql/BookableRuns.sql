select
    run.id,
    run.course_id,
    course.title,
    course.slug,
    run.reference,
    run.starts_at,
    run.ends_at,
    run.runs_on,
    run.slot,
    run.delivery,
    run.capacity,
    run.places_taken,
    run.places_left,
    run.state,
    run.change_number,
    venue.name as venue,
    venue.full_address as address,
    run.area_id,
    area.long_name as area,
    coalesce(area.kind = 'Everywhere', false) as is_for_every_area,
    provider.name as provider,
    price.pence,
    price.source,
    price.length,
    price.starts_on,
    not course.is_draft and course.archived_at is null as is_public,
    run.meetings,
    run.books_until,
    run.held_back_left,
    run.held_back_for_id,
    (select name from sectors where sectors.id = run.held_back_for_id) as held_back_for,
    run.held_back_until,
    price.class_prices,
    -- Who books, where anybody pays another fee.
    case when @sector_id::uuid is not null and (exists (select from class_fees) or exists (select from programme_fees)) then (
        select payer_class_id from payer_class_of(@sector_id, @area_id)
    ) end as payer_class_id,
    run.places_waited_for,
    course.prerequisite_rule,
    before.id as before_id,
    before.title as before_title,
    case when not before.is_draft and before.archived_at is null then before.slug end as before_slug
from course_runs run
join courses course on course.id = run.course_id
left join courses before on before.id = course.prerequisite_id
left join venues venue on venue.id = run.venue_id
left join areas area on area.id = run.area_id
left join providers provider on provider.id = run.provider_id
left join run_prices price on price.run_id = run.id
-- So that the planner cannot see how many they are, and keeps its plan: planning takes eight times as long as reading.
where run.id = any((select @run_ids)::uuid[])
-- To everybody but staff, a draft is not there.
and run.state <> 'Draft'
