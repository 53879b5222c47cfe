-- A date whose register is done has no confirmed place without a mark
select run.reference
from course_runs run
where run.is_register_done
and exists (select from register_places place where place.run_id = run.id and place.attended is null)
