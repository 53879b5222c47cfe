-- A person holds at most one live place on a date
select run_id, person_id, count(*)
from live_places
where person_id is not null
group by run_id, person_id
having count(*) > 1
