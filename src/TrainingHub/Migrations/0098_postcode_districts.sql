-- Where postcodes are, so that visitors see how far away a date is held. A partnership writes its own list; distances are between the
-- middles of districts.
create table postcode_districts (
    code varchar(4) not null,
    town varchar(60) not null,
    latitude double precision not null,
    longitude double precision not null,
    constraint pk_postcode_districts primary key (code),
    constraint ck_postcode_districts_place check (latitude between 49 and 61 and longitude between -9 and 2)
);

create trigger tg_postcode_districts_changed after insert or update or delete on postcode_districts
    for each statement execute function notify_catalogue_changed();
