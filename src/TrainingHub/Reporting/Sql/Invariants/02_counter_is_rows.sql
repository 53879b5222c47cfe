-- Places taken on each date = its live places, those of the sector for which some are held back = its live places of that sector, and what is waited for and offered = its waiting list
select r.reference, r.places_taken, count(live.id) as live, r.held_back_taken, count(live.id) filter (where booking.sector_id = r.held_back_for_id) as live_of_sector,
    r.places_waited_for, r.places_offered, waiting.waited_for, waiting.offered
from course_runs r
left join live_places live on live.run_id = r.id
left join bookings booking on booking.id = live.booking_id
cross join lateral (
    select coalesce(sum(entry.places_wanted), 0) as waited_for, coalesce(sum(entry.places_wanted) filter (where entry.state = 'Offered'), 0) as offered
    from waiting_list_entries entry
    where entry.run_id = r.id
      and entry.state in ('Waiting', 'Offered')
) waiting
group by r.id, waiting.waited_for, waiting.offered
having r.places_taken <> count(live.id)
    or r.held_back_taken <> count(live.id) filter (where booking.sector_id = r.held_back_for_id)
    or r.places_waited_for <> waiting.waited_for
    or r.places_offered <> waiting.offered
