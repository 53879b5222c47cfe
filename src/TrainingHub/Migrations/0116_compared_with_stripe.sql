-- Each night what Stripe has is compared with what is recorded here; what differs is a row until it agrees or somebody has explained it.
create table stripe_comparisons (
    day date not null,
    payments_from timestamptz not null,
    others_from timestamptz not null,
    until timestamptz not null,
    step text not null,
    after text,
    payments int not null default 0,
    received_pence bigint not null default 0,
    refunds int not null default 0,
    refunded_pence bigint not null default 0,
    disputes int not null default 0,
    taken_in int not null default 0,
    started_at timestamptz not null,
    finished_at timestamptz,
    constraint pk_stripe_comparisons primary key (day),
    constraint ck_stripe_comparisons_step check (step in ('Payments', 'Refunds', 'Disputes'))
);

create table money_differences (
    id uuid not null,
    kind text not null,
    stripe_id text not null,
    payment_id uuid,
    our_amount int,
    our_currency text,
    their_amount int,
    their_currency text,
    found_at timestamptz not null,
    closed_at timestamptz,
    closed_by_id uuid,
    constraint pk_money_differences primary key (id),
    constraint ck_money_differences_kind check (kind in ('Payment', 'Refund', 'Dispute')),
    constraint ck_money_differences_differs check ((our_amount, our_currency) is distinct from (their_amount, their_currency)),
    constraint ck_money_differences_currency check ((our_amount is null) = (our_currency is null) and (their_amount is null) = (their_currency is null)),
    constraint ck_money_differences_closed check (closed_by_id is null or closed_at is not null),
    constraint fk_money_differences_payment_id foreign key (payment_id) references payments (id) on delete restrict,
    constraint fk_money_differences_closed_by_id foreign key (closed_by_id) references staff_users (id) on delete restrict
);
create unique index ux_money_differences_stripe_id on money_differences (stripe_id);
create index ix_money_differences_payment_id on money_differences (payment_id);
create index ix_money_differences_closed_by_id on money_differences (closed_by_id);
create index ix_money_differences_found_at on money_differences (found_at) where closed_at is null;

-- When a dispute was last compared with Stripe, as payments and refunds have it.
alter table disputes add column checked_at timestamptz;
