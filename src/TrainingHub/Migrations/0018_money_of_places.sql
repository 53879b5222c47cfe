-- An order may hold places on several dates, so price, payment and refund belong to the place. What was recorded a booking at a
-- time is divided over its places. No installation runs the older version, so columns move in one step.

alter table places add column price_rule varchar(200);
update places set price_rule = bookings.price_rule from bookings where bookings.id = places.booking_id;
alter table places alter column price_rule set not null;
alter table bookings drop column price_rule;

-- Each place up to its price, in the order of booking; what is left goes to the first.
create function pg_temp.divide(booking uuid, pence integer, cancelled_first boolean)
returns table (place_id uuid, share integer) language sql as $$
    select id, share
    from (
        select id,
            greatest(0, least(price_pence, pence - coalesce(sum(price_pence) over before, 0)))::int
                + case when row_number() over ordered = 1 then greatest(0, pence - sum(price_pence) over ())::int else 0 end as share
        from places
        where booking_id = booking
        window ordered as (order by (ended_at is not null) <> cancelled_first, id),
            before as (order by (ended_at is not null) <> cancelled_first, id rows between unbounded preceding and 1 preceding)
    ) divided
    where share > 0
$$;

create table refund_shares (
    refund_id uuid not null,
    place_id uuid not null,
    amount_pence integer not null,
    constraint pk_refund_shares primary key (refund_id, place_id),
    constraint ck_refund_shares_amount check (amount_pence > 0),
    constraint fk_refund_shares_place_id foreign key (place_id) references places (id) on delete restrict,
    constraint fk_refund_shares_refund_id foreign key (refund_id) references refunds (id) on delete restrict
);
create index ix_refund_shares_place_id on refund_shares (place_id);
insert into refund_shares (refund_id, place_id, amount_pence)
select refund.id, divided.place_id, divided.share
from refunds refund
join payments payment on payment.id = refund.payment_id
cross join lateral pg_temp.divide(payment.booking_id, refund.amount_pence, true) divided;

create table kept_shares (
    id uuid not null,
    payment_id uuid not null,
    place_id uuid not null,
    amount_pence integer not null,
    constraint pk_kept_shares primary key (id),
    constraint ck_kept_shares_amount check (amount_pence > 0),
    constraint fk_kept_shares_payment_id foreign key (payment_id) references payments (id) on delete restrict,
    constraint fk_kept_shares_place_id foreign key (place_id) references places (id) on delete restrict
);
create index ix_kept_shares_payment_id on kept_shares (payment_id);
create index ix_kept_shares_place_id on kept_shares (place_id);
insert into kept_shares (id, payment_id, place_id, amount_pence)
select gen_random_uuid(), payment.id, divided.place_id, divided.share
from payments payment
cross join lateral pg_temp.divide(payment.booking_id, payment.kept_pence, true) divided;
alter table payments drop column kept_pence;

drop index ux_ledger_entries_payment_id;
drop index ux_ledger_entries_refund_id_kind;
alter table ledger_entries add column place_id uuid;
insert into ledger_entries (id, booking_id, place_id, kind, amount_pence, payment_id, at)
select gen_random_uuid(), entry.booking_id, divided.place_id, entry.kind, divided.share, entry.payment_id, entry.at
from ledger_entries entry
cross join lateral pg_temp.divide(entry.booking_id, entry.amount_pence, false) divided
where entry.kind = 'Payment';
insert into ledger_entries (id, booking_id, place_id, kind, amount_pence, refund_id, at)
select gen_random_uuid(), entry.booking_id, share.place_id, entry.kind, share.amount_pence, entry.refund_id, entry.at
from ledger_entries entry
join refund_shares share on share.refund_id = entry.refund_id;
delete from ledger_entries where place_id is null;
alter table ledger_entries
    alter column place_id set not null,
    add constraint fk_ledger_entries_place_id foreign key (place_id) references places (id) on delete restrict;
create index ix_ledger_entries_place_id on ledger_entries (place_id);
create unique index ux_ledger_entries_payment_id_place_id on ledger_entries (payment_id, place_id);
create unique index ux_ledger_entries_refund_id_kind_place_id on ledger_entries (refund_id, kind, place_id);

drop function pg_temp.divide(uuid, integer, boolean);

-- What the tables cannot say by themselves: the shares of the places add up to the sum that was moved, and no line of the ledger
-- is ever changed. Looked at when the transaction commits.

create function check_ledger_adds_up() returns trigger language plpgsql as $$
begin
    if new.payment_id is not null
            and (select sum(amount_pence) from ledger_entries where payment_id = new.payment_id) is distinct from (
                select received_amount
                from payments
                where id = new.payment_id and booking_id = new.booking_id and coalesce(received_currency, 'gbp') = 'gbp')
        or new.refund_id is not null
            and (select sum(amount_pence) from ledger_entries where refund_id = new.refund_id and kind = new.kind) is distinct from (
                select amount_pence
                from refunds
                where id = new.refund_id)
        or not exists (select from places where id = new.place_id and booking_id = new.booking_id)
    then
        raise exception 'The entries of the ledger do not add up to what was paid or refunded.'
            using errcode = 'check_violation', constraint = 'ck_ledger_entries_add_up', table = 'ledger_entries';
    end if;
    return null;
end
$$;
create constraint trigger ledger_entries_add_up after insert on ledger_entries
    deferrable initially deferred for each row execute function check_ledger_adds_up();

create function check_refund_adds_up() returns trigger language plpgsql as $$
begin
    if (select coalesce(sum(amount_pence), 0) from refund_shares where refund_id = new.id) <> new.amount_pence then
        raise exception 'The shares of a refund do not add up to it.'
            using errcode = 'check_violation', constraint = 'ck_refunds_add_up', table = 'refunds';
    end if;
    return null;
end
$$;
create constraint trigger refunds_add_up after insert on refunds
    deferrable initially deferred for each row execute function check_refund_adds_up();

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'Rows of % are added, never changed.', tg_table_name using errcode = 'restrict_violation';
end
$$;
create trigger ledger_entries_append_only before update or delete on ledger_entries
    for each row execute function refuse_change();
create trigger refund_shares_append_only before update or delete on refund_shares
    for each row execute function refuse_change();
create trigger kept_shares_append_only before update or delete on kept_shares
    for each row execute function refuse_change();

-- The money of a place, in pence and pounds only. Owed: the price while the place is held or confirmed. Charged: the price once it
-- is confirmed. Leaving: refunds that were asked for and have not come through. Kept: what the coordinator decided not to give back.
create view place_money as
select
    place.id as place_id,
    place.booking_id,
    place.run_id,
    case when place.state in ('Held', 'Confirmed') then place.price_pence else 0 end as owed_pence,
    case when place.state = 'Confirmed' then place.price_pence else 0 end as charged_pence,
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
    ) as kept_pence
from places place;

-- The same of a whole order.
create view booking_money as
select
    booking_id,
    sum(owed_pence)::int as owed_pence,
    sum(charged_pence)::int as charged_pence,
    sum(paid_pence)::int as paid_pence,
    sum(refunded_pence)::int as refunded_pence,
    sum(leaving_pence)::int as leaving_pence,
    sum(kept_pence)::int as kept_pence
from place_money
group by booking_id;
