-- A dispute takes its money out of the ledger when the bank takes it, and puts it back when it is won.
create table disputes (
    id uuid not null,
    payment_id uuid not null,
    stripe_dispute_id text not null,
    amount_pence int not null,
    takes_money boolean not null,
    state text not null,
    reason text,
    due_at timestamptz,
    opened_at timestamptz not null,
    closed_at timestamptz,
    constraint pk_disputes primary key (id),
    constraint ck_disputes_amount check (amount_pence > 0),
    constraint ck_disputes_state check (state in ('Open', 'Won', 'Lost')),
    constraint ck_disputes_closed check ((state = 'Open') = (closed_at is null)),
    constraint fk_disputes_payment_id foreign key (payment_id) references payments (id) on delete restrict
);
create index ix_disputes_payment_id on disputes (payment_id);
create unique index ux_disputes_stripe_dispute_id on disputes (stripe_dispute_id);

-- What of a payment its payer's bank has back. An enquiry takes nothing, and what was won is here again.
create view taken_by_banks as
select payment_id, sum(amount_pence)::int as amount_pence
from disputes
where takes_money and state in ('Open', 'Lost')
group by payment_id;

alter table ledger_entries
    drop constraint ck_ledger_entries_kind,
    drop constraint ck_ledger_entries_source,
    add column dispute_id uuid,
    add constraint fk_ledger_entries_dispute_id foreign key (dispute_id) references disputes (id) on delete restrict,
    add constraint ck_ledger_entries_kind check (kind in ('Charge', 'ChargeReversed', 'Payment', 'Refund', 'RefundReturned', 'Disputed', 'DisputeWon', 'WriteOff', 'WriteOffReversed')),
    add constraint ck_ledger_entries_source check (
        (payment_id is not null) = (kind = 'Payment')
        and (refund_id is not null) = (kind in ('Refund', 'RefundReturned'))
        and (dispute_id is not null) = (kind in ('Disputed', 'DisputeWon'))
        and (write_off_id is not null) = (kind in ('WriteOff', 'WriteOffReversed'))
        and (invoice_id is null or kind in ('Payment', 'WriteOff', 'WriteOffReversed')));
create unique index ux_ledger_entries_dispute_id_kind_place_id on ledger_entries (dispute_id, kind, place_id) where dispute_id is not null;

create or replace function check_ledger_adds_up() returns trigger language plpgsql as $$
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
        or new.dispute_id is not null
            and (select sum(amount_pence) from ledger_entries where dispute_id = new.dispute_id and kind = new.kind) is distinct from (
                select dispute.amount_pence
                from disputes dispute
                join payments payment on payment.id = dispute.payment_id
                where dispute.id = new.dispute_id and dispute.takes_money
                  and payment.booking_id = new.booking_id and coalesce(payment.received_currency, 'gbp') = 'gbp')
        or not exists (select from places where id = new.place_id and booking_id = new.booking_id)
    then
        raise exception 'The entries of the ledger do not add up to what was paid, refunded or disputed.'
            using errcode = 'check_violation', constraint = 'ck_ledger_entries_add_up', table = 'ledger_entries';
    end if;
    return null;
end
$$;

create or replace view place_money as
select
    place.id as place_id,
    place.booking_id,
    place.run_id,
    case when exists (select from live_places live where live.id = place.id) then place.price_pence else 0 end + coalesce(charge.pence, 0) as owed_pence,
    case when place.state = 'Confirmed' then place.price_pence else 0 end + coalesce(charge.pence, 0) as charged_pence,
    (
        select coalesce(sum(entry.amount_pence), 0)::int
        from ledger_entries entry
        where entry.place_id = place.id and entry.kind = 'Payment'
    ) as paid_pence,
    (
        select coalesce(sum(case entry.kind when 'Refund' then entry.amount_pence else -entry.amount_pence end), 0)::int
        from ledger_entries entry
        where entry.place_id = place.id and entry.kind in ('Refund', 'RefundReturned')
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
    coalesce(charge.pence, 0) as charge_pence,
    (
        select coalesce(sum(case entry.kind when 'WriteOff' then entry.amount_pence else -entry.amount_pence end), 0)::int
        from ledger_entries entry
        where entry.place_id = place.id and entry.kind in ('WriteOff', 'WriteOffReversed')
    ) as written_off_pence,
    (
        select coalesce(sum(case entry.kind when 'Disputed' then entry.amount_pence else -entry.amount_pence end), 0)::int
        from ledger_entries entry
        where entry.place_id = place.id and entry.kind in ('Disputed', 'DisputeWon')
    ) as disputed_pence
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
    sum(charge_pence)::int as charge_pence,
    sum(written_off_pence)::int as written_off_pence,
    sum(disputed_pence)::int as disputed_pence
from place_money
group by booking_id;

create or replace view invoice_line_money as
with line as (
    select line.id as line_id, line.invoice_id, invoice.booking_id, line.place_id, invoice.number, line.amount_pence,
        (
            select coalesce(sum(credited.amount_pence), 0)::int
            from credit_note_lines credited
            where credited.invoice_line_id = line.id
        ) as credited_pence,
        (
            select coalesce(sum(case entry.kind when 'WriteOff' then entry.amount_pence else -entry.amount_pence end), 0)::int
            from ledger_entries entry
            where entry.place_id = line.place_id and entry.invoice_id = line.invoice_id and entry.kind in ('WriteOff', 'WriteOffReversed')
        ) as written_off_pence,
        (
            -- What such a payment brought and is still here: one that was booked by mistake and taken back pays nothing.
            select coalesce(sum(entry.amount_pence - coalesce((
                select sum(case back.kind when 'Refund' then back.amount_pence else -back.amount_pence end)
                from ledger_entries back
                join refunds refund on refund.id = back.refund_id and refund.payment_id = entry.payment_id
                where back.place_id = entry.place_id and back.kind in ('Refund', 'RefundReturned')), 0)), 0)::int
            from ledger_entries entry
            where entry.place_id = line.place_id and entry.invoice_id = line.invoice_id and entry.kind = 'Payment'
        ) as named_pence,
        (
            select coalesce(sum(case when entry.kind in ('Payment', 'RefundReturned', 'DisputeWon') then entry.amount_pence else -entry.amount_pence end), 0)::int
            from ledger_entries entry
            where entry.place_id = line.place_id and entry.kind in ('Payment', 'Refund', 'RefundReturned', 'Disputed', 'DisputeWon')
        ) as held_pence
    from invoice_lines line
    join invoices invoice on invoice.id = line.invoice_id
), named as (
    select *, greatest(0, least(amount_pence - credited_pence - written_off_pence, named_pence)) as first_pence
    from line
), room as (
    select *, greatest(0, amount_pence - credited_pence - written_off_pence - first_pence) as room_pence,
        coalesce(sum(first_pence) over (partition by booking_id, place_id order by number rows between unbounded preceding and 1 preceding), 0)::int as first_before,
        (sum(first_pence) over (partition by booking_id, place_id))::int as first_all
    from named
), divided as (
    select *,
        coalesce(sum(room_pence) over (partition by booking_id, place_id order by number rows between unbounded preceding and 1 preceding), 0)::int as room_before
    from room
)
select line_id, invoice_id, booking_id, place_id, amount_pence, credited_pence, written_off_pence,
    greatest(0, least(first_pence, held_pence - first_before)) + greatest(0, least(room_pence, held_pence - first_all - room_before)) as paid_pence
from divided;
