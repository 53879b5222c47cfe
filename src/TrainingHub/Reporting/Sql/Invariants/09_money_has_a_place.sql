-- Money received belongs to a confirmed booking, or goes back, or waits for the coordinator
select b.reference, p.received_amount
from payments p
join bookings b on b.id = p.booking_id
where p.state = 'Paid' and b.state <> 'Confirmed' and p.trouble is null
    and not exists (select from refunds r where r.payment_id = p.id)
