-- A complaint about how data is handled is a request with a finding; what people say of it may be longer than what they ask.
alter table data_requests
    alter column asked type varchar(4000),
    alter column answer type varchar(4000),
    add column acknowledged_on date,
    add column finding text,
    add column answer_way text,
    drop constraint ck_data_requests_kind,
    add constraint ck_data_requests_kind check (kind in ('Copy', 'Erasure', 'Correction', 'Complaint')),
    add constraint ck_data_requests_finding check (finding in ('Upheld', 'PartlyUpheld', 'NotUpheld', 'Withdrawn')),
    add constraint ck_data_requests_answer_way check (answer_way in ('Email', 'Paper')),
    add constraint ck_data_requests_complaint check ((kind = 'Complaint' and answered_at is not null) = (finding is not null));

-- What somebody asked or complained of before is a record of theirs.
alter table data_request_records
    drop constraint ck_data_request_records_kind,
    add constraint ck_data_request_records_kind check (kind in (
        'Person', 'Booker', 'InvoiceAddress', 'Waiting', 'DateWish', 'OrganisationContact', 'OrganisationInvoices', 'Trainer', 'ProviderContact',
        'VenueContact', 'StaffAccount', 'FreePlaceApplicant', 'BookingNote', 'Message', 'PaymentNote', 'FreePlaceWords', 'SurveyComment', 'TrainingLead',
        'DataRequest'));
