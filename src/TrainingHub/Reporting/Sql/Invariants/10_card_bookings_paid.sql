-- A booking confirmed by card has been paid in full
select b.reference, money.charged_pence, money.paid_pence
from bookings b
join booking_money money on money.booking_id = b.id
where b.payment_method = 'Card' and b.state = 'Confirmed' and b.origin in ('Online', 'Staff')
    and money.charged_pence > money.paid_pence
