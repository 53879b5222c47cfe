-- What all modules of a programme cost together, from a day on and for a class of payers, when they are booked in one order for one person.
-- Without a price, it is no longer offered from that day.
create table programme_fees (
    id uuid not null,
    programme_id uuid not null,
    payer_class_id uuid not null,
    starts_on date not null,
    price_pence integer,
    constraint pk_programme_fees primary key (id),
    constraint ck_programme_fees_price check (price_pence > 0),
    constraint fk_programme_fees_programme_id foreign key (programme_id) references programmes (id) on delete restrict,
    constraint fk_programme_fees_payer_class_id foreign key (payer_class_id) references payer_classes (id) on delete restrict
);
create unique index ux_programme_fees_programme_id_payer_class_id_starts_on on programme_fees (programme_id, payer_class_id, starts_on);
create index ix_programme_fees_payer_class_id on programme_fees (payer_class_id);
create trigger tg_programme_fees_changed after insert or update or delete on programme_fees
    for each statement execute function notify_catalogue_changed();

-- What a place would have cost by itself, when it was booked as part of a programme as a whole.
alter table places
    add column alone_pence integer,
    add constraint ck_places_alone check (alone_pence >= price_pence);
