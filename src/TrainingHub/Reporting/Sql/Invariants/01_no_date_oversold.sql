-- No date has more live places than its capacity
select r.reference, count(p.id) as live, r.capacity
from course_runs r
join places p on p.run_id = r.id and p.state in ('Held', 'Confirmed')
group by r.id
having count(p.id) > r.capacity
