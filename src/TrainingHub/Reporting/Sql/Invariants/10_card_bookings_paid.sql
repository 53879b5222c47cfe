-- A booking confirmed by card has been paid in full
select b.reference, sum(pl.price_pence) as owed
from bookings b
join places pl on pl.booking_id = b.id and pl.state = 'Confirmed'
where b.payment_method = 'Card' and b.state = 'Confirmed' and b.origin = 'Online'
group by b.id
having sum(pl.price_pence) > (select coalesce(sum(l.amount_pence), 0) from ledger_entries l where l.booking_id = b.id and l.kind = 'Payment')
