-- What cancelling costs is data: versions that follow each other by their first day, added and never changed. A booking keeps the version
-- that was in force when it was made. A tier is a number of whole working days before the start and what stays due, in per cent of the
-- price: at least that many days before, that much.
create table cancellation_policies (
    id uuid not null,
    starts_on date not null,
    tier_working_days int[] not null,
    tier_percents int[] not null,
    free_late_pence int not null,
    absent_half_day_pence int not null,
    absent_full_day_pence int not null,
    move_working_days int not null,
    most_moves int not null,
    late_minutes int not null,
    waiver_reasons text[] not null,
    reason varchar(300) not null,
    added_at timestamptz not null,
    constraint pk_cancellation_policies primary key (id),
    constraint ck_cancellation_policies_tiers check (
        cardinality(tier_working_days) between 1 and 6 and cardinality(tier_percents) = cardinality(tier_working_days)
        and tier_working_days[cardinality(tier_working_days)] = 0
        and 0 <= all (tier_working_days) and 60 >= all (tier_working_days) and 0 <= all (tier_percents) and 100 >= all (tier_percents)),
    constraint ck_cancellation_policies_sums check (
        free_late_pence between 0 and 100000 and absent_half_day_pence between 0 and 100000 and absent_full_day_pence between 0 and 100000),
    constraint ck_cancellation_policies_moves check (move_working_days between 0 and 60 and most_moves between 0 and 5),
    constraint ck_cancellation_policies_late check (late_minutes between 0 and 120),
    constraint ck_cancellation_policies_reasons check (cardinality(waiver_reasons) between 1 and 12 and array_position(waiver_reasons, null) is null)
);
create index ix_cancellation_policies_starts_on on cancellation_policies (starts_on);
create trigger cancellation_policies_append_only before update or delete on cancellation_policies
    for each row execute function refuse_change();
create trigger tg_cancellation_policies_changed after insert on cancellation_policies
    for each statement execute function notify_catalogue_changed();

-- The version of a day: of several that begin on one day the one that was added last.
create function cancellation_policy_on(day date) returns uuid language sql stable as $$
    select id
    from cancellation_policies
    where starts_on <= day
    order by starts_on desc, added_at desc, id desc
    limit 1
$$;

-- The partnership has published none, so this begins with the usual rule of other partnerships. Staff add their own.
insert into cancellation_policies (
    id, starts_on, tier_working_days, tier_percents, free_late_pence, absent_half_day_pence, absent_full_day_pence,
    move_working_days, most_moves, late_minutes, waiver_reasons, reason, added_at)
values (
    gen_random_uuid(), '2026-04-01', '{10,5,0}', '{0,50,100}', 0, 2500, 5000, 10, 1, 15,
    '{Illness,Bereavement,Child protection emergency,Workplace closed or bad weather,Our mistake,Another reason}',
    'The rule that the site begins with', now());

-- Whoever books accepts what is in force. Bookings of before accepted none, and cost nothing to cancel.
alter table bookings
    add column cancellation_policy_id uuid constraint fk_bookings_cancellation_policy_id references cancellation_policies (id) on delete restrict;
create function accept_cancellation_policy() returns trigger language plpgsql as $$
begin
    new.cancellation_policy_id := cancellation_policy_on((new.created_at at time zone 'Europe/London')::date);
    return new;
end
$$;
create trigger bookings_accept_policy before insert on bookings
    for each row when (new.cancellation_policy_id is null and new.origin in ('Online', 'Staff'))
    execute function accept_cancellation_policy();

-- How often the booker has moved the place to another date.
alter table places add column moves int not null default 0;

-- What one place costs although it ended, or was not used. It is due once it is raised.
create table place_charges (
    id uuid not null,
    place_id uuid not null,
    booking_id uuid not null,
    kind text not null,
    state text not null,
    policy_id uuid,
    price_pence int not null,
    pence int not null,
    proposed_at timestamptz not null,
    raised_at timestamptz,
    decided_at timestamptz,
    decided_by_id uuid,
    waived_for varchar(60),
    act_id uuid,
    constraint pk_place_charges primary key (id),
    constraint fk_place_charges_place_id foreign key (place_id) references places (id) on delete restrict,
    constraint fk_place_charges_booking_id foreign key (booking_id) references bookings (id) on delete restrict,
    constraint fk_place_charges_policy_id foreign key (policy_id) references cancellation_policies (id) on delete restrict,
    constraint fk_place_charges_decided_by_id foreign key (decided_by_id) references staff_users (id) on delete restrict,
    constraint ck_place_charges_kind check (kind in ('Cancelled', 'Absent')),
    constraint ck_place_charges_state check (state in ('Proposed', 'Raised', 'Waived', 'Withdrawn')),
    constraint ck_place_charges_pence check (pence >= 0 and price_pence >= 0 and (kind <> 'Cancelled' or price_pence = 0 or pence <= price_pence)),
    constraint ck_place_charges_decided check ((state = 'Proposed') = (decided_at is null)),
    constraint ck_place_charges_raised check (state <> 'Raised' or raised_at is not null),
    constraint ck_place_charges_waived check (state = 'Waived' or waived_for is null)
);
create unique index ux_place_charges_place_id on place_charges (place_id) where state <> 'Withdrawn';
create index ix_place_charges_booking_id on place_charges (booking_id);
create index ix_place_charges_policy_id on place_charges (policy_id);
create index ix_place_charges_decided_by_id on place_charges (decided_by_id);
create index ix_place_charges_act_id on place_charges (act_id) where act_id is not null;
create index ix_place_charges_proposed_at on place_charges (proposed_at) where state = 'Proposed';
create index ix_bookings_cancellation_policy_id on bookings (cancellation_policy_id);

-- Cancelled places whose money the policy has settled: what they have beyond their charge goes back by itself.
create view places_settled_by_policy as
select place_id, booking_id
from place_charges
where kind = 'Cancelled' and state in ('Raised', 'Waived');

-- A charge that was raised is owed and charged, whatever became of the place. The older program reads the same columns.
create or replace view place_money as
select
    place.id as place_id,
    place.booking_id,
    place.run_id,
    case when place.state in ('Held', 'Confirmed') then place.price_pence else 0 end + coalesce(charge.pence, 0) as owed_pence,
    case when place.state = 'Confirmed' then place.price_pence else 0 end + coalesce(charge.pence, 0) as charged_pence,
    (
        select coalesce(sum(entry.amount_pence), 0)::int
        from ledger_entries entry
        where entry.place_id = place.id and entry.kind = 'Payment'
    ) as paid_pence,
    (
        select coalesce(sum(case entry.kind when 'Refund' then entry.amount_pence else -entry.amount_pence end), 0)::int
        from ledger_entries entry
        where entry.place_id = place.id and entry.kind <> 'Payment'
    ) as refunded_pence,
    (
        select coalesce(sum(share.amount_pence), 0)::int
        from refund_shares share
        join refunds refund on refund.id = share.refund_id and refund.state in ('Due', 'Pending')
        join payments payment on payment.id = refund.payment_id and coalesce(payment.received_currency, 'gbp') = 'gbp'
        where share.place_id = place.id
    ) as leaving_pence,
    (
        select coalesce(sum(share.amount_pence), 0)::int
        from kept_shares share
        join payments payment on payment.id = share.payment_id and coalesce(payment.received_currency, 'gbp') = 'gbp'
        where share.place_id = place.id
    ) as kept_pence,
    coalesce(charge.pence, 0) as charge_pence
from places place
left join place_charges charge on charge.place_id = place.id and charge.state = 'Raised';

create or replace view booking_money as
select
    booking_id,
    sum(owed_pence)::int as owed_pence,
    sum(charged_pence)::int as charged_pence,
    sum(paid_pence)::int as paid_pence,
    sum(refunded_pence)::int as refunded_pence,
    sum(leaving_pence)::int as leaving_pence,
    sum(kept_pence)::int as kept_pence,
    sum(charge_pence)::int as charge_pence
from place_money
group by booking_id;

create trigger new_charges_settle_invoices after insert on place_charges
    referencing new table as changed for each statement execute function settle_invoices();
create trigger changed_charges_settle_invoices after update on place_charges
    referencing new table as changed for each statement execute function settle_invoices();
