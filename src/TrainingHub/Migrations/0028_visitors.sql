-- Who a stranger is, as far as one can tell: the browser and the network, as hashes, so that nobody fills the tables or holds all
-- seats. Both are null where nobody asked.

alter table bookings
    add column browser_hash bytea,
    add column network_hash bytea;

-- Bytes: of the answers. What was typed before is gone within a day and counts as nothing.
alter table booking_drafts
    add column network_hash bytea,
    add column bytes integer not null default 0;
create index ix_booking_drafts_network_hash on booking_drafts (network_hash);
create index ix_bookings_network_hash on bookings (network_hash) where network_hash is not null;
