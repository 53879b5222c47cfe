-- Each date's day and slot are those of its start in London
select reference, runs_on, slot
from course_runs
where runs_on <> (starts_at at time zone 'Europe/London')::date
    or slot <> case
        when extract(isodow from runs_on) = 6 then 'Saturday'
        when extract(isodow from runs_on) = 7 then 'Sunday'
        when (starts_at at time zone 'Europe/London')::time >= '16:00' then 'Twilight'
        else 'Weekday'
    end
