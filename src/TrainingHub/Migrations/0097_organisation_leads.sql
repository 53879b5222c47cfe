-- Who may see how the people of an organisation are trained: an address that staff approved, or that another lead invited and whose owner
-- accepted.
create table organisation_leads (
    id uuid not null,
    organisation_id uuid not null,
    email varchar(254) not null,
    added_at timestamptz not null,
    accepted_at timestamptz,
    seen_at timestamptz not null,
    constraint pk_organisation_leads primary key (id),
    constraint fk_organisation_leads_organisation_id foreign key (organisation_id) references organisations (id) on delete restrict
);
create unique index ux_organisation_leads_organisation_id_email on organisation_leads (organisation_id, email);
create index ix_organisation_leads_email on organisation_leads (email);

alter table data_request_records
    drop constraint ck_data_request_records_kind,
    add constraint ck_data_request_records_kind check (kind in (
        'Person', 'Booker', 'InvoiceAddress', 'Waiting', 'DateWish', 'OrganisationContact', 'OrganisationInvoices', 'Trainer', 'ProviderContact',
        'VenueContact', 'StaffAccount', 'FreePlaceApplicant', 'BookingNote', 'Message', 'PaymentNote', 'FreePlaceWords', 'SurveyComment', 'TrainingLead'));
