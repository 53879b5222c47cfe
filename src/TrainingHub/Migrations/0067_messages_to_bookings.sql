-- A message to the people of single bookings says which; null is everybody on its dates, as all were before.
alter table date_messages
    add column booking_ids uuid[];
