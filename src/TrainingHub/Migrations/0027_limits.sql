-- What is tried too often is counted here, for all nodes together: wrong sign-ins, emails to one address, changes of one booking.
-- The subject is a hash. At: the instants of the tries that still count.
create table recent_tries (
    what text not null,
    subject bytea not null,
    at timestamptz[] not null,
    last_at timestamptz not null,
    constraint pk_recent_tries primary key (what, subject)
);
create index ix_recent_tries_last_at on recent_tries (last_at);

-- Addresses whose owners have shown that they read what we send; hashes too.
create table confirmed_addresses (
    address_hash bytea not null,
    confirmed_at timestamptz not null,
    constraint pk_confirmed_addresses primary key (address_hash)
);

-- Too many emails to one address, so this one waits until its owner asks for it. Offered: when its owner was told so.
alter table outgoing_emails
    add column offered_at timestamptz,
    drop constraint ck_outgoing_emails_state,
    add constraint ck_outgoing_emails_state check (state in ('Queued', 'Sending', 'Sent', 'Waiting', 'Failed', 'Bounced', 'Withheld'));
create index ix_outgoing_emails_to_address on outgoing_emails (to_address) where state = 'Withheld';
