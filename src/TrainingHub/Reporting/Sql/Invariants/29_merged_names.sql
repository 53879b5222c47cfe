-- Nothing belongs to an organisation that was merged into another, and a merged name leads to one that was not
select merged.id
from organisations merged
where merged.merged_into_id is not null
  and (exists (select from bookings where bookings.organisation_id = merged.id)
    or exists (select from organisations kept where kept.id = merged.merged_into_id and kept.merged_into_id is not null))
