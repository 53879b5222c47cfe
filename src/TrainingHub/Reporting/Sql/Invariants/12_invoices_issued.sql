-- Every confirmed invoice booking, and every charge that nobody has paid before, has its invoice within 15 minutes
select b.reference
from bookings b
where b.payment_method = 'Invoice' and b.state = 'Confirmed' and b.origin in ('Online', 'Staff') and b.confirmed_at < @now - interval '15 minutes'
    and not exists (select from invoices i where i.booking_id = b.id)
    and exists (select from places p where p.booking_id = b.id and p.state = 'Confirmed' and p.price_pence > 0)
union
select b.reference
from bookings b
where b.payment_method in ('Invoice', 'FreePlace') and b.origin in ('Online', 'Staff')
    and not exists (select from invoices i where i.booking_id = b.id)
    and exists (
        select
        from place_charges charge
        where charge.booking_id = b.id and charge.state = 'Raised' and charge.pence > 0 and charge.raised_at < @now - interval '15 minutes')
