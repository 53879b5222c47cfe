update places
set access_needs = null
from course_runs run
where run.id = places.run_id and places.access_needs is not null and run.ends_at < @ended_before;

delete from place_notices
where sent_at < @ended_before;

delete from waiting_list_entries entry
using course_runs run
where run.id = entry.run_id and run.ends_at < @ended_before;

delete from date_messages
where sent_at < @decided_before;

update free_place_applications
set state = 'Lapsed', decided_at = coalesce(asked_at, created_at)
where state = 'Pending' and coalesce(asked_at, created_at) < @decided_before
and not exists (select from bookings where bookings.free_place_application_id = free_place_applications.id);

update free_place_applications
set about = '', registered_number = null, reason = case when reason is null then null else '' end,
    applicant_name = null, applicant_email = null, question = null, answer = null, turnover_pounds = null
where decided_at < @decided_before and about <> '';

update bookings
set browser_hash = null, network_hash = null
where network_hash is not null and created_at < @seats_before;

delete from booking_notes note
using bookings booking
where booking.id = note.booking_id
and (booking.created_at < @kept_from or exists (select from places where places.booking_id = booking.id))
and not exists (
    select from places place
    join course_runs run on run.id = place.run_id
    where place.booking_id = booking.id and run.runs_on >= @kept_from
);

update bookings
set booker_name = null, booker_email = null, invoice_email = null
where (booker_name is not null or booker_email is not null or invoice_email is not null)
and not exists (select from places place where place.booking_id = bookings.id and is_held(place.id))
and (created_at < @kept_from or exists (select from places where places.booking_id = bookings.id))
and not exists (
    select from places place
    join course_runs run on run.id = place.run_id
    where place.booking_id = bookings.id and run.runs_on >= @kept_from
);

update places
set person_id = null, delegate_name = null, prerequisite_id = null, prerequisite_said = null, prerequisite_detail = null
from course_runs run
where run.id = places.run_id and run.runs_on < @kept_from and (places.person_id is not null or places.delegate_name is not null)
and not is_held(places.id);

delete from person_aliases
using people
where people.id = person_aliases.person_id
and people.created_at < @ended_before
and not exists (select from places where places.person_id = people.id);

delete from people
where created_at < @ended_before
and not exists (select from places where places.person_id = people.id);

update organisations
set contact_name = null, contact_email = null, contact_phone = null, invoice_address = null, invoice_email = null, purchase_order_note = null,
    contact_changed_at = null
where contact_changed_at < @kept_from
and not exists (
    select from bookings
    join places place on place.booking_id = bookings.id
    join course_runs run on run.id = place.run_id
    where bookings.organisation_id = organisations.id and run.runs_on >= @kept_from
)
