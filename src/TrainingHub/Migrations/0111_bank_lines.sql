-- What came into the bank account, from files that staff bring. A line is read once, whichever files have it, and is paid out on invoices
-- or set aside, to the penny: what is booked of it can never be more than it was.
create table bank_files (
    id uuid not null,
    file_name varchar(200) not null,
    format text not null,
    content bytea,
    content_hash bytea not null,
    credit_count int not null,
    debit_count int not null,
    later_count int not null,
    new_count int,
    uploaded_by_id uuid not null,
    uploaded_at timestamptz not null,
    agreed_at timestamptz,
    booked_at timestamptz,
    constraint pk_bank_files primary key (id),
    constraint ck_bank_files_format check (format in ('Barclays', 'Lloyds', 'NatWest', 'Hsbc', 'Nationwide', 'Starling', 'Santander')),
    constraint ck_bank_files_counts check (credit_count >= 0 and debit_count >= 0 and later_count >= 0 and new_count <= credit_count),
    constraint ck_bank_files_agreed check ((agreed_at is null) = (content is not null) and (agreed_at is null) = (new_count is null) and (booked_at is null or agreed_at is not null)),
    constraint fk_bank_files_uploaded_by_id foreign key (uploaded_by_id) references staff_users (id) on delete restrict
);
create index ix_bank_files_uploaded_at on bank_files (uploaded_at);
create index ix_bank_files_uploaded_by_id on bank_files (uploaded_by_id);
create index ix_bank_files_agreed_at on bank_files (agreed_at) where agreed_at is not null and booked_at is null;

create table bank_lines (
    id uuid not null,
    file_id uuid not null,
    row_number int not null,
    key varchar(64) not null,
    paid_on date not null,
    amount_pence int not null,
    payer varchar(200) not null,
    text varchar(500) not null,
    balance_pence int,
    booked_pence int not null default 0,
    outcome text,
    outcome_note varchar(200),
    outcome_at timestamptz,
    outcome_by_id uuid,
    constraint pk_bank_lines primary key (id),
    constraint ck_bank_lines_amount check (amount_pence > 0),
    constraint ck_bank_lines_booked check (booked_pence between 0 and amount_pence),
    constraint ck_bank_lines_outcome check (outcome in ('NotOurs', 'PaidBack')),
    constraint ck_bank_lines_set_aside check ((outcome is null) = (outcome_at is null) and (outcome is null) = (outcome_by_id is null)
        and (outcome is null or booked_pence < amount_pence)),
    constraint fk_bank_lines_file_id foreign key (file_id) references bank_files (id) on delete restrict,
    constraint fk_bank_lines_outcome_by_id foreign key (outcome_by_id) references staff_users (id) on delete restrict
);
create unique index ux_bank_lines_key on bank_lines (key);
create index ix_bank_lines_file_id on bank_lines (file_id);
create index ix_bank_lines_paid_on on bank_lines (paid_on);
create index ix_bank_lines_outcome_by_id on bank_lines (outcome_by_id);
create index ix_bank_lines_waiting on bank_lines (paid_on) where outcome is null and booked_pence < amount_pence;

-- Whom a payer's words on the bank line meant before. Forgotten two years after the last time.
create table bank_payers (
    id uuid not null,
    payer_key varchar(80) not null,
    organisation_id uuid,
    booking_id uuid,
    forget_on date not null,
    constraint pk_bank_payers primary key (id),
    constraint ck_bank_payers_means check ((organisation_id is null) <> (booking_id is null)),
    constraint fk_bank_payers_organisation_id foreign key (organisation_id) references organisations (id) on delete restrict,
    constraint fk_bank_payers_booking_id foreign key (booking_id) references bookings (id) on delete restrict
);
create unique index ux_bank_payers_payer_key_organisation_id_booking_id on bank_payers (payer_key, organisation_id, booking_id) nulls not distinct;
create index ix_bank_payers_organisation_id on bank_payers (organisation_id);
create index ix_bank_payers_booking_id on bank_payers (booking_id);
create index ix_bank_payers_forget_on on bank_payers (forget_on);
