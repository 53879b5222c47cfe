-- Payments that Stripe cannot explain, disputes with their time to answer, and until when Stripe's events were read.

alter table payments drop constraint ck_payments_problem;
alter table payments add constraint ck_payments_problem
    check (problem in ('PaidLateAndFull', 'AmountDiffers', 'CurrencyDiffers', 'NotOwed', 'PlacesCancelled', 'Unexplained', 'Disputed', 'DisputeLost'));
alter table payments add column problem_due_at timestamptz;

create table stripe_looks (
    only_row boolean not null default true,
    looked_until timestamptz not null,
    constraint pk_stripe_looks primary key (only_row),
    constraint ck_stripe_looks_only_row check (only_row)
);
