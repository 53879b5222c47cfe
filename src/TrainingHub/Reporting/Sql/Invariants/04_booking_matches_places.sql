-- A booking's state agrees with its places
select b.reference, b.state
from bookings b
join places p on p.booking_id = b.id
left join live_places live on live.id = p.id
group by b.id
having case b.state
    when 'Held' then count(*) filter (where p.state = 'Held') = 0 or count(*) filter (where p.state = 'Confirmed') > 0
    when 'Confirmed' then count(*) filter (where p.state = 'Confirmed') = 0 or count(*) filter (where p.state = 'Held') > 0
    else count(live.id) > 0
end
union all
select b.reference, 'no places'
from bookings b
where not exists (select from places p where p.booking_id = b.id)
