-- An application for free places that nobody decided lapses when the course begins; invented example bookings say so.

alter table free_place_applications
    drop constraint ck_free_place_applications_state,
    add constraint ck_free_place_applications_state check (state in ('Pending', 'Approved', 'Declined', 'Withdrawn', 'Lapsed'));

alter table bookings
    drop constraint ck_bookings_origin,
    add constraint ck_bookings_origin check (origin in ('Online', 'Import', 'Invented'));
