-- Of each provider and financial year its delivered dates, the places they had and who came, and the dates that were cancelled. What names
-- no provider is a row without one.
with wanted as (
    select starts_in, make_date(starts_in, 4, 1) as from_on, make_date(starts_in + 1, 3, 31) as to_on
    from unnest(@years::int[]) as starts_in
), run as (
    select wanted.starts_in, run.id, run.provider_id, run.capacity, run.state, delivered.id is not null as is_delivered
    from wanted
    join course_runs run on run.runs_on between wanted.from_on and wanted.to_on
    left join delivered_runs(@now) delivered on delivered.id = run.id
), came as (
    select run.starts_in, run.provider_id, count(*) filter (where line.attended) as came, count(*) filter (where line.attended is null) as unmarked
    from run
    join register_places line on line.run_id = run.id
    where run.is_delivered
    group by run.starts_in, run.provider_id
), held as (
    select starts_in, provider_id, count(*) filter (where is_delivered) as dates, sum(capacity) filter (where is_delivered) as places, count(*) filter (where state = 'Cancelled') as cancelled
    from run
    group by starts_in, provider_id
    having bool_or(is_delivered or state = 'Cancelled')
)
select held.starts_in, held.provider_id, provider.name, held.dates, coalesce(held.places, 0) as places, coalesce(came.came, 0) as came, coalesce(came.unmarked, 0) as unmarked, held.cancelled
from held
left join providers provider on provider.id = held.provider_id
left join came on came.starts_in = held.starts_in and came.provider_id is not distinct from held.provider_id
order by held.starts_in desc, provider.name nulls last
