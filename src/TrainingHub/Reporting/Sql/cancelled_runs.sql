select count(*)
from course_runs
where state = 'Cancelled'
    and (@from::date is null or runs_on >= @from) and (@to::date is null or runs_on <= @to)
    and (@area::uuid is null or area_id = @area)
    and (@course::uuid is null or course_id = @course)
