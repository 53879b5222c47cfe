-- The coordinator was written to about every payment that has a problem
select b.reference, p.problem
from payments p
join bookings b on b.id = p.booking_id
where p.problem is not null and p.provider = 'Stripe'
    and not exists (select from outgoing_emails e where e.kind = 'payment-needs-attention' and e.about = b.reference)
