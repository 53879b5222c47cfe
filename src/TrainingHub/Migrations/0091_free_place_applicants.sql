-- Who applied for free places without a booking is somebody whose data may be asked about.
alter table data_request_records drop constraint ck_data_request_records_kind;
alter table data_request_records add constraint ck_data_request_records_kind check (kind in (
    'Person', 'Booker', 'InvoiceAddress', 'Waiting', 'DateWish', 'OrganisationContact', 'OrganisationInvoices', 'Trainer', 'ProviderContact', 'VenueContact',
    'StaffAccount', 'FreePlaceApplicant', 'BookingNote', 'Message', 'PaymentNote', 'FreePlaceWords', 'SurveyComment'));
