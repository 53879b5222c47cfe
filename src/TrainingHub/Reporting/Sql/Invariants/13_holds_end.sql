-- No card hold outlives its time by more than an hour, unless its payment is before staff
select reference, held_until
from bookings
where state = 'Held' and held_until < @now - interval '1 hour'
    and not exists (
        select
        from payments payment
        where payment.booking_id = bookings.id and payment.problem is not null and payment.problem_closed_at is null
    )
