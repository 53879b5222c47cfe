-- Of all orders very few: what staff took for places that ended is looked for every time Today is opened.
create index ix_bookings_paid_to_staff on bookings (id) where payment_method = 'Desk';
