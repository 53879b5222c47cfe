-- Places taken on each date = its live places, and those of the sector for which some are held back = its live places of that sector
select r.reference, r.places_taken, count(live.id) as live, r.held_back_taken, count(live.id) filter (where booking.sector_id = r.held_back_for_id) as live_of_sector
from course_runs r
left join live_places live on live.run_id = r.id
left join bookings booking on booking.id = live.booking_id
group by r.id
having r.places_taken <> count(live.id)
    or r.held_back_taken <> count(live.id) filter (where booking.sector_id = r.held_back_for_id)
