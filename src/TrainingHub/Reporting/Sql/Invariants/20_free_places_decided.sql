-- A booking for a free place is confirmed only when its application was approved
select b.reference, b.state, a.state
from bookings b
join free_place_applications a on a.id = b.free_place_application_id
where b.payment_method = 'FreePlace' and b.state = 'Confirmed' and a.state <> 'Approved'
