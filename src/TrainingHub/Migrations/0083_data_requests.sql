-- What people ask about their data, until two years after the answer.
create table data_requests (
    id uuid not null,
    reference varchar(8) not null,
    kind text not null,
    name varchar(100),
    email varchar(254),
    contact varchar(500),
    asked varchar(1000),
    identity varchar(500),
    received_on date not null,
    due_on date not null,
    extended_because varchar(500),
    later_on date,
    erased_at timestamptz,
    outcome jsonb not null,
    answered_at timestamptz,
    answered_by_id uuid,
    answer varchar(1000),
    created_at timestamptz not null,
    constraint pk_data_requests primary key (id),
    constraint fk_data_requests_answered_by_id foreign key (answered_by_id) references staff_users (id) on delete restrict,
    constraint ck_data_requests_kind check (kind in ('Copy', 'Erasure', 'Correction')),
    constraint ck_data_requests_answered check ((answered_at is null) = (answer is null)),
    constraint ck_data_requests_due check (due_on > received_on)
);
create unique index ux_data_requests_reference on data_requests (reference);
create index ix_data_requests_due_on on data_requests (due_on) where answered_at is null;
create index ix_data_requests_answered_by_id on data_requests (answered_by_id);

-- Which records staff took for theirs: ids only.
create table data_request_records (
    request_id uuid not null,
    kind text not null,
    record_id uuid not null,
    constraint pk_data_request_records primary key (request_id, kind, record_id),
    constraint fk_data_request_records_request_id foreign key (request_id) references data_requests (id) on delete restrict,
    constraint ck_data_request_records_kind check (kind in ('Person', 'Booker', 'InvoiceAddress', 'Waiting', 'DateWish', 'OrganisationContact', 'OrganisationInvoices', 'Trainer', 'ProviderContact', 'VenueContact', 'StaffAccount', 'BookingNote', 'Message', 'PaymentNote', 'FreePlaceWords', 'SurveyComment'))
);
