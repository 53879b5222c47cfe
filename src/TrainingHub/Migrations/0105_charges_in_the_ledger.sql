-- The ledger: what is charged and what is written off, beside what is paid.
alter table ledger_entries
    drop constraint ck_ledger_entries_kind,
    drop constraint ck_ledger_entries_source,
    add column invoice_id uuid,
    add column write_off_id uuid,
    add constraint fk_ledger_entries_invoice_id foreign key (invoice_id) references invoices (id) on delete restrict,
    add constraint fk_ledger_entries_write_off_id foreign key (write_off_id) references write_offs (id) on delete restrict,
    add constraint ck_ledger_entries_kind check (kind in ('Charge', 'ChargeReversed', 'Payment', 'Refund', 'RefundReturned', 'WriteOff', 'WriteOffReversed')),
    add constraint ck_ledger_entries_source check (
        (payment_id is not null) = (kind = 'Payment')
        and (refund_id is not null) = (kind in ('Refund', 'RefundReturned'))
        and (write_off_id is not null) = (kind in ('WriteOff', 'WriteOffReversed'))
        and (invoice_id is null or kind in ('Payment', 'WriteOff', 'WriteOffReversed')));
create index ix_ledger_entries_invoice_id on ledger_entries (invoice_id) where invoice_id is not null;
create unique index ux_ledger_entries_write_off_id_place_id on ledger_entries (write_off_id, place_id) where write_off_id is not null;
create index ix_ledger_entries_at on ledger_entries (at);

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
    ) as written_off_pence
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
    sum(written_off_pence)::int as written_off_pence
from place_money
group by booking_id;

-- What each line of an invoice was, less what was credited of it, and what of the place's money pays it. Money pays the invoice that it
-- names first, then the place's oldest; what went back is taken from the newest.
create view invoice_line_money as
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
            select coalesce(sum(entry.amount_pence), 0)::int
            from ledger_entries entry
            where entry.place_id = line.place_id and entry.invoice_id = line.invoice_id and entry.kind = 'Payment'
        ) as named_pence,
        (
            select coalesce(sum(case when entry.kind in ('Payment', 'RefundReturned') then entry.amount_pence else -entry.amount_pence end), 0)::int
            from ledger_entries entry
            where entry.place_id = line.place_id and entry.kind in ('Payment', 'Refund', 'RefundReturned')
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

create view invoice_money as
select invoice_id, booking_id,
    sum(amount_pence)::int as amount_pence,
    sum(credited_pence)::int as credited_pence,
    sum(written_off_pence)::int as written_off_pence,
    sum(paid_pence)::int as paid_pence,
    sum(amount_pence - credited_pence - written_off_pence - paid_pence)::int as open_pence
from invoice_line_money
group by invoice_id, booking_id;

-- Bookings of which documents have to be issued: what is charged differs from what was billed, or did when it was put here.
create table bookings_to_bill (
    booking_id uuid not null,
    since timestamptz not null,
    constraint pk_bookings_to_bill primary key (booking_id),
    constraint fk_bookings_to_bill_booking_id foreign key (booking_id) references bookings (id) on delete restrict
);
create index ix_bookings_to_bill_since on bookings_to_bill (since);

-- Of bookings that this program bills, what each place is charged and what was billed for it.
create view billed_places as
select charged.place_id, charged.booking_id, charged.run_id, charged.charged_pence, charged.charge_pence,
    coalesce((
        select sum(line.amount_pence)
        from invoice_lines line
        where line.place_id = charged.place_id), 0)::int
    - coalesce((
        select sum(credited.amount_pence)
        from credit_note_lines credited
        join invoice_lines line on line.id = credited.invoice_line_id
        where line.place_id = charged.place_id), 0)::int as billed_pence
from place_money charged
join bookings booking on booking.id = charged.booking_id
where booking.origin in ('Online', 'Staff')
  and (booking.payment_method in ('Invoice', 'FreePlace') or exists (select from invoices where invoices.booking_id = booking.id));
