-- How staff prove who they are beside the password: an authenticator app, and recovery codes for the day on which the phone is gone.
create table staff_authenticators (
    staff_user_id uuid not null,
    protected_key text not null,
    added_at timestamptz not null,
    last_step bigint not null,
    constraint pk_staff_authenticators primary key (staff_user_id),
    constraint fk_staff_authenticators_staff_user_id foreign key (staff_user_id) references staff_users (id) on delete restrict
);

create table staff_recovery_codes (
    staff_user_id uuid not null,
    code_hash bytea not null,
    used_at timestamptz,
    constraint pk_staff_recovery_codes primary key (staff_user_id, code_hash),
    constraint fk_staff_recovery_codes_staff_user_id foreign key (staff_user_id) references staff_users (id) on delete restrict
);
