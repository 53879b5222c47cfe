-- An award counts the places under it, and a year those of its awards and what they are worth
select award.organisation_name as what, award.places_used as counted, count(value.place_id) as there
from free_place_awards award
left join free_place_values value on value.award_id = award.id
group by award.id
having award.places_used <> count(value.place_id)
union all
select to_char(year.starts_on, 'YYYY') || ' places', year.places_used, count(value.place_id)
from free_place_years year
left join free_place_values value on value.year_starts_on = year.starts_on
group by year.starts_on
having year.places_used <> count(value.place_id)
union all
select to_char(year.starts_on, 'YYYY') || ' pence', year.forgone_pence, coalesce(sum(value.forgone_pence), 0)
from free_place_years year
left join free_place_values value on value.year_starts_on = year.starts_on
group by year.starts_on
having year.forgone_pence <> coalesce(sum(value.forgone_pence), 0)
