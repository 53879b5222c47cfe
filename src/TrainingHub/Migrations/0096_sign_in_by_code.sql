-- Codes that are mailed to whoever wants to see their bookings. A code is kept as a hash, works once and for minutes, and takes few guesses.
create table sign_in_codes (
    id uuid not null,
    email varchar(254) not null,
    code_hash bytea not null,
    guess_count integer not null default 0,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    constraint pk_sign_in_codes primary key (id),
    constraint ck_sign_in_codes_guess_count check (guess_count >= 0)
);
create index ix_sign_in_codes_email on sign_in_codes (email);
create index ix_sign_in_codes_expires_at on sign_in_codes (expires_at);

-- Browsers in which an address is signed in. The row decides, so that signing out ends a copied cookie too.
create table address_sessions (
    key_hash bytea not null,
    email varchar(254) not null,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    constraint pk_address_sessions primary key (key_hash)
);
create index ix_address_sessions_email on address_sessions (email);
create index ix_address_sessions_expires_at on address_sessions (expires_at);

-- All bookings of one address.
alter table bookings add column booker_email_key varchar(254) generated always as (lower(booker_email)) stored;
create index ix_bookings_booker_email_key on bookings (booker_email_key);
