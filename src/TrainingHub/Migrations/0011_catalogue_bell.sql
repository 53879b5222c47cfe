-- Places are taken all day, courses change a few times a year: two bells, so that a booking throws away no more than it must.
create function notify_catalogue_changed() returns trigger language plpgsql as $$
begin
    perform pg_notify('catalogue_changed', '');
    return null;
end
$$;

drop trigger course_runs_changed on course_runs;
create trigger places_changed after update of places_taken on course_runs
    for each statement execute function notify_places_changed();
create trigger course_runs_changed after insert or delete or update of
    reference, course_id, starts_at, ends_at, runs_on, slot, capacity, delivery, venue_id, area_id, provider_id, fee_pence, state
    on course_runs
    for each statement execute function notify_catalogue_changed();

drop trigger courses_changed on courses;
create trigger courses_changed after insert or update or delete on courses
    for each statement execute function notify_catalogue_changed();
drop trigger course_titles_changed on course_titles;
create trigger course_titles_changed after insert or update or delete on course_titles
    for each statement execute function notify_catalogue_changed();
drop trigger course_fees_changed on course_fees;
create trigger course_fees_changed after insert or update or delete on course_fees
    for each statement execute function notify_catalogue_changed();
drop trigger fee_schedules_changed on fee_schedules;
create trigger fee_schedules_changed after insert or update or delete on fee_schedules
    for each statement execute function notify_catalogue_changed();
drop trigger programmes_changed on programmes;
create trigger programmes_changed after insert or update or delete on programmes
    for each statement execute function notify_catalogue_changed();
drop trigger venues_changed on venues;
create trigger venues_changed after insert or update or delete on venues
    for each statement execute function notify_catalogue_changed();
drop trigger providers_changed on providers;
create trigger providers_changed after insert or update or delete on providers
    for each statement execute function notify_catalogue_changed();
