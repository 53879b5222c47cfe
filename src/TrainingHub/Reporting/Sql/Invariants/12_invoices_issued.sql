-- Every confirmed invoice booking has its invoice within 15 minutes
select b.reference
from bookings b
where b.payment_method = 'Invoice' and b.state = 'Confirmed' and b.origin in ('Online', 'Staff') and b.confirmed_at < @now - interval '15 minutes'
    and not exists (select from invoices i where i.booking_id = b.id)
    and exists (select from places p where p.booking_id = b.id and p.state = 'Confirmed' and p.price_pence > 0)
