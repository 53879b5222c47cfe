-- What staff do from a booking's page: payment taken at the desk, a place moved to another date, notes.

alter table bookings drop constraint ck_bookings_payment_method;
alter table bookings add constraint ck_bookings_payment_method
    check (payment_method in ('Free', 'Card', 'Invoice', 'FreePlace', 'NotKnown', 'Desk'));

alter table payments drop constraint ck_payments_provider;
alter table payments add constraint ck_payments_provider check (provider in ('Stripe', 'Imported', 'Desk'));
alter table payments add column desk_way text;
alter table payments add column desk_reference varchar(60);
alter table payments add constraint ck_payments_desk_way check (desk_way in ('Cash', 'CardTerminal', 'BankTransfer'));
alter table payments add constraint ck_payments_desk check ((provider = 'Desk') = (desk_way is not null));

alter table refunds drop constraint ck_refunds_reason;
alter table refunds add constraint ck_refunds_reason
    check (reason in ('PaidLateAndFull', 'BookingCancelled', 'NotOwed', 'WrongAmount', 'MadeInStripe', 'CheaperDate'));

-- What a calendar adds to the date's own number, so that an entry of a place that moved is never older than the one before it.
alter table places add column calendar_number integer not null default 0;

create table booking_notes (
    id uuid not null,
    booking_id uuid not null,
    text varchar(1000) not null,
    author text not null,
    created_at timestamptz not null,
    constraint pk_booking_notes primary key (id),
    constraint fk_booking_notes_booking_id foreign key (booking_id) references bookings (id) on delete restrict
);
create index ix_booking_notes_booking_id on booking_notes (booking_id);
