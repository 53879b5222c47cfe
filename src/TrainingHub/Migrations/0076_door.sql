-- Trainers at the door: which accounts train for which provider, registers that they close, the taps that have arrived, and whom they
-- let in without a booking.
create table provider_accounts (
    provider_id uuid not null,
    staff_user_id uuid not null,
    added_at timestamptz not null,
    constraint pk_provider_accounts primary key (provider_id, staff_user_id),
    constraint fk_provider_accounts_provider_id foreign key (provider_id) references providers (id) on delete restrict,
    constraint fk_provider_accounts_staff_user_id foreign key (staff_user_id) references staff_users (id) on delete restrict
);
create index ix_provider_accounts_staff_user_id on provider_accounts (staff_user_id);

-- An account that is closed trains for nobody, also when it should be opened again.
create function end_provider_accounts() returns trigger language plpgsql as $$
begin
    delete from provider_accounts
    where staff_user_id = new.id;
    return null;
end
$$;
create trigger staff_users_end_provider_accounts after update of closed_at on staff_users
    for each row when (new.closed_at is not null) execute function end_provider_accounts();

-- Meeting 0 is a date of one meeting.
create table register_closings (
    run_id uuid not null,
    meeting smallint not null,
    closed_at timestamptz not null,
    closed_by_id uuid not null,
    constraint pk_register_closings primary key (run_id, meeting),
    constraint fk_register_closings_run_id foreign key (run_id) references course_runs (id) on delete restrict,
    constraint fk_register_closings_closed_by_id foreign key (closed_by_id) references staff_users (id) on delete restrict,
    constraint ck_register_closings_meeting check (meeting between 0 and 8)
);
create index ix_register_closings_closed_by_id on register_closings (closed_by_id);

create table register_taps (
    place_id uuid not null,
    meeting smallint not null,
    tab uuid not null,
    number integer not null,
    constraint pk_register_taps primary key (place_id, meeting, tab),
    constraint fk_register_taps_place_id foreign key (place_id) references places (id) on delete restrict
);

create table door_walk_ins (
    booking_id uuid not null,
    added_at timestamptz not null,
    added_by_id uuid not null,
    checked_at timestamptz,
    checked_by_id uuid,
    constraint pk_door_walk_ins primary key (booking_id),
    constraint fk_door_walk_ins_booking_id foreign key (booking_id) references bookings (id) on delete restrict,
    constraint fk_door_walk_ins_added_by_id foreign key (added_by_id) references staff_users (id) on delete restrict,
    constraint fk_door_walk_ins_checked_by_id foreign key (checked_by_id) references staff_users (id) on delete restrict,
    constraint ck_door_walk_ins_checked check ((checked_at is null) = (checked_by_id is null))
);
create index ix_door_walk_ins_added_by_id on door_walk_ins (added_by_id);
create index ix_door_walk_ins_checked_by_id on door_walk_ins (checked_by_id);
create index ix_door_walk_ins_unchecked on door_walk_ins (added_at) where checked_at is null;
