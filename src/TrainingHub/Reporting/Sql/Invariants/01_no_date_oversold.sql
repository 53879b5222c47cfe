-- No date has more live places than its capacity
select r.reference, count(live.id) as live, r.capacity
from course_runs r
join live_places live on live.run_id = r.id
group by r.id
having count(live.id) > r.capacity
