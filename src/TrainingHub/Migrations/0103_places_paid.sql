-- What a payer has with us for each place, and what the place is owed: who cancels is told what comes back of it. The rule is that of place_money.
create view places_paid as
select place_id, booking_id, paid_pence - refunded_pence - leaving_pence - kept_pence as held_pence, owed_pence,
    refunded_pence + leaving_pence as gone_pence
from place_money;
