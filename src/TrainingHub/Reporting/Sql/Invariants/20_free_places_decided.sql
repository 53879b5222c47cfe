-- A booking for a free place is confirmed only when its application was approved; one without an application only under an award
select b.reference, b.state, a.state
from bookings b
left join free_place_applications a on a.id = b.free_place_application_id
where b.payment_method = 'FreePlace' and b.state = 'Confirmed'
    and (a.state <> 'Approved' or (a.id is null and b.origin = 'Online' and exists (
        select from live_places place
        where place.booking_id = b.id and not exists (select from free_place_values value where value.place_id = place.id))))
