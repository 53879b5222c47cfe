-- Bookings: orders, places, drafts, waiting lists.

create table bookings (
    id uuid not null,
    reference varchar(8) not null,
    origin text not null,
    booker_name varchar(100),
    booker_email varchar(254),
    organisation_name varchar(150),
    organisation_id uuid,
    sector_id uuid not null,
    area_id uuid not null,
    payment_method text not null,
    price_rule varchar(200) not null,
    purchase_order varchar(40),
    invoice_email varchar(254),
    free_place_application_id uuid,
    state text not null,
    held_until timestamptz,
    created_at timestamptz not null,
    confirmed_at timestamptz,
    cancelled_at timestamptz,
    constraint pk_bookings primary key (id),
    constraint ck_bookings_origin check (origin in ('Online', 'Import')),
    constraint ck_bookings_payment_method check (payment_method in ('Free', 'Card', 'Invoice', 'FreePlace', 'NotKnown')),
    constraint ck_bookings_state check (state in ('Held', 'Confirmed', 'Cancelled', 'Expired')),
    constraint fk_bookings_area_id foreign key (area_id) references areas (id) on delete restrict,
    constraint fk_bookings_free_place_application_id foreign key (free_place_application_id) references free_place_applications (id) on delete restrict,
    constraint fk_bookings_organisation_id foreign key (organisation_id) references organisations (id) on delete restrict,
    constraint fk_bookings_sector_id foreign key (sector_id) references sectors (id) on delete restrict
);
create index ix_bookings_area_id on bookings (area_id);
create index ix_bookings_created_at on bookings (created_at);
create index ix_bookings_held_until on bookings (held_until) where state = 'Held';
create index ix_bookings_organisation_id on bookings (organisation_id);
create index ix_bookings_sector_id on bookings (sector_id);
create unique index ux_bookings_free_place_application_id on bookings (free_place_application_id);
create unique index ux_bookings_reference on bookings (reference);

create table places (
    id uuid not null,
    booking_id uuid not null,
    run_id uuid not null,
    person_id uuid,
    delegate_name varchar(100),
    access_needs varchar(500),
    price_pence integer not null,
    state text not null,
    created_at timestamptz not null,
    ended_at timestamptz,
    constraint pk_places primary key (id),
    constraint ck_places_ended check ((state in ('Cancelled', 'Expired')) = (ended_at is not null)),
    constraint ck_places_price check (price_pence >= 0),
    constraint ck_places_state check (state in ('Held', 'Confirmed', 'Cancelled', 'Expired')),
    constraint fk_places_booking_id foreign key (booking_id) references bookings (id) on delete restrict,
    constraint fk_places_person_id foreign key (person_id) references people (id) on delete restrict,
    constraint fk_places_run_id foreign key (run_id) references course_runs (id) on delete restrict
);
create index ix_places_booking_id on places (booking_id);
create index ix_places_person_id on places (person_id);
create index ix_places_run_id_state on places (run_id, state);
create unique index ux_places_live_person on places (run_id, person_id) where state in ('Held', 'Confirmed');

create table booking_drafts (
    key_hash bytea not null,
    run_id uuid not null,
    booking_id uuid not null,
    answers jsonb not null,
    expires_at timestamptz not null,
    constraint pk_booking_drafts primary key (key_hash, run_id),
    constraint fk_booking_drafts_run_id foreign key (run_id) references course_runs (id) on delete restrict
);
create index ix_booking_drafts_expires_at on booking_drafts (expires_at);
create index ix_booking_drafts_run_id on booking_drafts (run_id);

create table waiting_list_entries (
    id uuid not null,
    run_id uuid not null,
    name varchar(100) not null,
    email varchar(254) not null,
    email_key text not null,
    places_wanted integer not null,
    created_at timestamptz not null,
    state text not null,
    constraint pk_waiting_list_entries primary key (id),
    constraint ck_waiting_list_entries_places_wanted check (places_wanted between 1 and 10),
    constraint ck_waiting_list_entries_state check (state in ('Waiting', 'Left')),
    constraint fk_waiting_list_entries_run_id foreign key (run_id) references course_runs (id) on delete restrict
);
create index ix_waiting_list_entries_run_id_created_at on waiting_list_entries (run_id, created_at);
create unique index ux_waiting_list_entries_run_id_email_key on waiting_list_entries (run_id, email_key) where state = 'Waiting';
