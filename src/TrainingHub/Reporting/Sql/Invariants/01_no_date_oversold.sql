-- No date has more live places than its capacity and what staff have taken over it with a reason
select r.reference, count(live.id) as live, r.capacity, r.extra_places
from course_runs r
join live_places live on live.run_id = r.id
group by r.id
having count(live.id) > r.capacity + r.extra_places
