-- The same rule as a function that returns a row, which the planner writes into the query that asks; one that returns a value it calls.
-- Read the dates of a booking: 0.37 ms with the call, 0.28 ms without.
drop function payer_class_of(uuid, uuid);
create function payer_class_of(sector uuid, area uuid) returns table (payer_class_id uuid) language sql stable as $$
    select id
    from payer_classes
    where archived_at is null
      and (sort_order = 0 or sector = any(sector_ids) or area = any(area_ids))
    order by sort_order desc, id desc
    limit 1
$$;
