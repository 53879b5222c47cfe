-- No card hold outlives its time by more than an hour
select reference, held_until
from bookings
where state = 'Held' and held_until < @now - interval '1 hour'
