-- Bookings that staff make for somebody who asks, and orders of people who were added to another order.
alter table bookings
    drop constraint ck_bookings_origin,
    add constraint ck_bookings_origin check (origin in ('Online', 'Import', 'Invented', 'Staff')),
    add column added_to_id uuid,
    add constraint fk_bookings_added_to_id foreign key (added_to_id) references bookings (id) on delete restrict;

create index ix_bookings_added_to_id on bookings (added_to_id) where added_to_id is not null;
