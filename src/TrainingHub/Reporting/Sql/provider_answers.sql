-- What people answered to the standard questions, of each provider and the financial year of its dates: sums of what was made of each date
-- once, rounded, from five answers or more. Answers themselves are not read.
with wanted as (
    select starts_in, make_date(starts_in, 4, 1) as from_on, make_date(starts_in + 1, 3, 31) as to_on
    from unnest(@years::int[]) as starts_in
)
select wanted.starts_in, run.provider_id, made.moment, measure."Question", sum(measure."Count") as good, sum(measure."Base") as base, count(*) as dates
from wanted
join delivered_runs(@now) run on run.runs_on between wanted.from_on and wanted.to_on and run.provider_id is not null
join date_evaluations made on made.run_id = run.id
cross join jsonb_to_recordset(made.measures) as measure ("Question" text, "Count" int, "Base" int)
group by wanted.starts_in, run.provider_id, made.moment, measure."Question"
