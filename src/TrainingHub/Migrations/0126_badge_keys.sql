-- Keys that sign badges. Who verifies a badge reads the public part, also after the key was retired; the private one is encrypted.
create table badge_keys (
    id varchar(16) not null,
    public_key text not null,
    protected_key bytea not null,
    created_at timestamptz not null,
    retired_at timestamptz,
    constraint pk_badge_keys primary key (id)
);
create unique index ux_badge_keys_in_use on badge_keys (retired_at) nulls not distinct where retired_at is null;
