-- Payments: attempts to pay, refunds, invoices, the ledger.

create table payments (
    id uuid not null,
    booking_id uuid not null,
    provider text not null,
    attempt integer not null,
    amount_pence integer not null,
    state text not null,
    trouble text,
    received_amount integer,
    received_currency text,
    checkout_session_id text,
    checkout_url text,
    payment_intent_id text,
    created_at timestamptz not null,
    checkout_expires_at timestamptz,
    checked_at timestamptz,
    paid_at timestamptz,
    trouble_closed_at timestamptz,
    trouble_closed_by_id uuid,
    trouble_note varchar(200),
    kept_pence integer not null default 0,
    constraint pk_payments primary key (id),
    constraint ck_payments_amount check (amount_pence > 0),
    constraint ck_payments_kept check (kept_pence >= 0),
    constraint ck_payments_paid check ((state = 'Paid') = (paid_at is not null and received_amount is not null)),
    constraint ck_payments_provider check (provider in ('Stripe', 'Imported')),
    constraint ck_payments_state check (state in ('Pending', 'AwaitingBank', 'Paid', 'Expired')),
    constraint ck_payments_trouble check (trouble in ('PaidLateAndFull', 'AmountDiffers', 'CurrencyDiffers', 'NotOwed', 'PlacesCancelled')),
    constraint fk_payments_booking_id foreign key (booking_id) references bookings (id) on delete restrict,
    constraint fk_payments_trouble_closed_by_id foreign key (trouble_closed_by_id) references staff_users (id) on delete restrict
);
create index ix_payments_created_at on payments (created_at) where state in ('Pending', 'AwaitingBank');
create index ix_payments_trouble_closed_by_id on payments (trouble_closed_by_id);
create unique index ux_payments_booking_id_attempt on payments (booking_id, attempt);
create unique index ux_payments_checkout_session_id on payments (checkout_session_id);
create unique index ux_payments_payment_intent_id on payments (payment_intent_id);

create table refunds (
    id uuid not null,
    payment_id uuid not null,
    amount_pence integer not null,
    reason text not null,
    state text not null,
    stripe_refund_id text,
    error text,
    created_at timestamptz not null,
    requested_by_id uuid,
    first_tried_at timestamptz,
    checked_at timestamptz,
    finished_at timestamptz,
    constraint pk_refunds primary key (id),
    constraint ck_refunds_amount check (amount_pence > 0),
    constraint ck_refunds_reason check (reason in ('PaidLateAndFull', 'BookingCancelled', 'NotOwed', 'WrongAmount', 'MadeInStripe')),
    constraint ck_refunds_state check (state in ('Due', 'Pending', 'Succeeded', 'Failed')),
    constraint fk_refunds_payment_id foreign key (payment_id) references payments (id) on delete restrict,
    constraint fk_refunds_requested_by_id foreign key (requested_by_id) references staff_users (id) on delete restrict
);
create index ix_refunds_created_at on refunds (created_at) where state in ('Due', 'Pending');
create index ix_refunds_payment_id on refunds (payment_id);
create index ix_refunds_requested_by_id on refunds (requested_by_id);
create unique index ux_refunds_stripe_refund_id on refunds (stripe_refund_id);

create table stripe_events (
    id text not null,
    type text not null,
    object_id text not null,
    handled_at timestamptz not null,
    constraint pk_stripe_events primary key (id)
);

create table invoices (
    id uuid not null,
    booking_id uuid not null,
    number integer not null,
    amount_pence integer not null,
    issued_on date not null,
    due_on date not null,
    email varchar(254) not null,
    purchase_order varchar(40),
    created_at timestamptz not null,
    constraint pk_invoices primary key (id),
    constraint ck_invoices_amount check (amount_pence > 0),
    constraint fk_invoices_booking_id foreign key (booking_id) references bookings (id) on delete restrict
);
create unique index ux_invoices_booking_id on invoices (booking_id);
create unique index ux_invoices_number on invoices (number);

create table ledger_entries (
    id uuid not null,
    booking_id uuid not null,
    kind text not null,
    amount_pence integer not null,
    payment_id uuid,
    refund_id uuid,
    at timestamptz not null,
    constraint pk_ledger_entries primary key (id),
    constraint ck_ledger_entries_amount check (amount_pence > 0),
    constraint ck_ledger_entries_kind check (kind in ('Payment', 'Refund', 'RefundReturned')),
    constraint ck_ledger_entries_source check ((kind = 'Payment' and payment_id is not null and refund_id is null) or (kind in ('Refund', 'RefundReturned') and refund_id is not null and payment_id is null)),
    constraint fk_ledger_entries_booking_id foreign key (booking_id) references bookings (id) on delete restrict,
    constraint fk_ledger_entries_payment_id foreign key (payment_id) references payments (id) on delete restrict,
    constraint fk_ledger_entries_refund_id foreign key (refund_id) references refunds (id) on delete restrict
);
create index ix_ledger_entries_booking_id on ledger_entries (booking_id);
create unique index ux_ledger_entries_payment_id on ledger_entries (payment_id);
create unique index ux_ledger_entries_refund_id_kind on ledger_entries (refund_id, kind);

-- One locked row, not a sequence: a rolled-back issue leaves no gap.
create table invoice_numbers (
    only_row boolean not null default true,
    next_number integer not null,
    constraint pk_invoice_numbers primary key (only_row),
    constraint ck_invoice_numbers_only_row check (only_row),
    constraint ck_invoice_numbers_next_number check (next_number > 0)
);

insert into invoice_numbers (next_number) values (1);
