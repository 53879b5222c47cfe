-- Places taken on each date = its live places
select r.reference, r.places_taken, count(p.id) as live
from course_runs r
left join places p on p.run_id = r.id and p.state in ('Held', 'Confirmed')
group by r.id
having r.places_taken <> count(p.id)
