-- When schools are closed, as staff keep it: dates had better not be held then. Without an area they hold for all.
create table school_holidays (
    id uuid not null,
    name varchar(120) not null,
    from_on date not null,
    until_on date not null,
    area_id uuid,
    archived_at timestamptz,
    version integer not null default 0,
    constraint pk_school_holidays primary key (id),
    constraint ck_school_holidays_days check (from_on <= until_on),
    constraint fk_school_holidays_area_id foreign key (area_id) references areas (id) on delete restrict
);
create index ix_school_holidays_area_id on school_holidays (area_id);
create index ix_school_holidays_until_on on school_holidays (until_on);
