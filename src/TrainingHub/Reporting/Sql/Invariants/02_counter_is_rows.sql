-- Places taken on each date = its live places
select r.reference, r.places_taken, count(live.id) as live
from course_runs r
left join live_places live on live.run_id = r.id
group by r.id
having r.places_taken <> count(live.id)
