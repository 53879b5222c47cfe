-- What a place is charged is entered in the ledger whenever it changes, and documents follow it: an invoice that was issued is never
-- changed, and what is charged less since is a credit note. No installation runs the older version, so columns move in one step.

-- Credit notes have a series of their own, from a locked row as invoices have.
create table credit_note_numbers (
    only_row boolean not null default true,
    next_number integer not null,
    constraint pk_credit_note_numbers primary key (only_row),
    constraint ck_credit_note_numbers_only_row check (only_row),
    constraint ck_credit_note_numbers_next_number check (next_number > 0)
);
insert into credit_note_numbers (next_number) values (1);

drop trigger ledger_settles_invoices on ledger_entries;
drop trigger new_places_settle_invoices on places;
drop trigger changed_places_settle_invoices on places;
drop trigger new_charges_settle_invoices on place_charges;
drop trigger changed_charges_settle_invoices on place_charges;
drop trigger invoices_settle on invoices;
drop function settle_new_invoice();
drop function settle_invoices();
drop function is_invoice_settled(uuid);
drop function is_invoice_right(uuid, int);

-- A booking may have several: what is charged more since is another invoice.
drop index ux_invoices_booking_id;
drop index ix_invoices_created_at;
create index ix_invoices_booking_id on invoices (booking_id);
alter table invoices
    drop column corrected_pence,
    drop column is_right,
    add column billing_name varchar(200),
    add column open_pence int not null default 0,
    add column replaces_id uuid,
    add constraint fk_invoices_replaces_id foreign key (replaces_id) references invoices (id) on delete restrict;
create unique index ux_invoices_replaces_id on invoices (replaces_id);
update invoices invoice
set billing_name = coalesce(booking.organisation_name, booking.booker_name)
from bookings booking
where booking.id = invoice.booking_id and invoice.email <> '';

create table invoice_lines (
    id uuid not null,
    invoice_id uuid not null,
    place_id uuid not null,
    description varchar(400) not null,
    delegate_name varchar(100),
    amount_pence int not null,
    constraint pk_invoice_lines primary key (id),
    constraint ck_invoice_lines_amount check (amount_pence > 0),
    constraint fk_invoice_lines_invoice_id foreign key (invoice_id) references invoices (id) on delete restrict,
    constraint fk_invoice_lines_place_id foreign key (place_id) references places (id) on delete restrict
);
create unique index ux_invoice_lines_invoice_id_place_id on invoice_lines (invoice_id, place_id);
create index ix_invoice_lines_place_id on invoice_lines (place_id);

create table credit_notes (
    id uuid not null,
    invoice_id uuid not null,
    number int not null,
    amount_pence int not null,
    reason text not null,
    issued_on date not null,
    email varchar(254) not null,
    created_at timestamptz not null,
    constraint pk_credit_notes primary key (id),
    constraint ck_credit_notes_amount check (amount_pence > 0),
    constraint ck_credit_notes_reason check (reason in ('ChargedLess', 'Reissued')),
    constraint fk_credit_notes_invoice_id foreign key (invoice_id) references invoices (id) on delete restrict
);
create unique index ux_credit_notes_number on credit_notes (number);
create index ix_credit_notes_invoice_id on credit_notes (invoice_id);

create table credit_note_lines (
    credit_note_id uuid not null,
    invoice_line_id uuid not null,
    description varchar(400) not null,
    amount_pence int not null,
    constraint pk_credit_note_lines primary key (credit_note_id, invoice_line_id),
    constraint ck_credit_note_lines_amount check (amount_pence > 0),
    constraint fk_credit_note_lines_credit_note_id foreign key (credit_note_id) references credit_notes (id) on delete restrict,
    constraint fk_credit_note_lines_invoice_line_id foreign key (invoice_line_id) references invoice_lines (id) on delete restrict
);
create index ix_credit_note_lines_invoice_line_id on credit_note_lines (invoice_line_id);

-- A purchase order that came after the invoice. The last one is shown beside what was issued.
create table later_purchase_orders (
    id uuid not null,
    invoice_id uuid not null,
    purchase_order varchar(40) not null,
    added_at timestamptz not null,
    constraint pk_later_purchase_orders primary key (id),
    constraint fk_later_purchase_orders_invoice_id foreign key (invoice_id) references invoices (id) on delete restrict
);
create index ix_later_purchase_orders_invoice_id on later_purchase_orders (invoice_id);

-- What nobody expects to be paid any more. Never changed: one that is taken back is reversed by a row below nought.
create table write_offs (
    id uuid not null,
    invoice_id uuid not null,
    amount_pence int not null,
    reason varchar(200) not null,
    created_at timestamptz not null,
    created_by_id uuid not null,
    reverses_id uuid,
    constraint pk_write_offs primary key (id),
    constraint ck_write_offs_amount check (amount_pence <> 0 and (amount_pence > 0) = (reverses_id is null)),
    constraint fk_write_offs_invoice_id foreign key (invoice_id) references invoices (id) on delete restrict,
    constraint fk_write_offs_created_by_id foreign key (created_by_id) references staff_users (id) on delete restrict,
    constraint fk_write_offs_reverses_id foreign key (reverses_id) references write_offs (id) on delete restrict
);
create index ix_write_offs_invoice_id on write_offs (invoice_id);
create index ix_write_offs_created_by_id on write_offs (created_by_id);
create unique index ux_write_offs_reverses_id on write_offs (reverses_id);
create trigger write_offs_append_only before update or delete on write_offs for each row execute function refuse_change();
create trigger later_purchase_orders_append_only before delete on later_purchase_orders for each row execute function refuse_change();

-- Older invoices had no lines. One for each place that was charged, or one over all where that does not add up any more.
insert into invoice_lines (id, invoice_id, place_id, description, delegate_name, amount_pence)
select gen_random_uuid(), line.invoice_id, line.place_id, line.description, line.delegate_name, line.price_pence
from (
    select invoice.id as invoice_id, place.id as place_id, place.delegate_name, place.price_pence, invoice.amount_pence,
        left(course.title || ', ' || to_char(run.runs_on, 'FMDD FMMonth YYYY'), 400) as description,
        sum(place.price_pence) over (partition by invoice.id) as total
    from invoices invoice
    join places place on place.booking_id = invoice.booking_id and place.price_pence > 0
        and (place.ended_at is null or place.ended_at > invoice.created_at)
    join course_runs run on run.id = place.run_id
    join courses course on course.id = run.course_id
) line
where line.total = line.amount_pence;
insert into invoice_lines (id, invoice_id, place_id, description, amount_pence)
select gen_random_uuid(), invoice.id, (select min(id::text)::uuid from places where booking_id = invoice.booking_id), 'Training places as invoiced', invoice.amount_pence
from invoices invoice
where not exists (select from invoice_lines where invoice_id = invoice.id);

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

-- Enters what places are charged more or less than the ledger has. Whoever changes a place has its row, so two changes take turns.
create function post_charges(ids uuid[]) returns void language plpgsql as $$
begin
    insert into ledger_entries (id, booking_id, place_id, kind, amount_pence, at)
    select gen_random_uuid(), gap.booking_id, gap.place_id, case when gap.pence > 0 then 'Charge' else 'ChargeReversed' end, abs(gap.pence), gap.at
    from (
        select charged.booking_id, charged.place_id,
            charged.charged_pence - coalesce((
                select sum(case entry.kind when 'Charge' then entry.amount_pence else -entry.amount_pence end)
                from ledger_entries entry
                where entry.place_id = charged.place_id and entry.kind in ('Charge', 'ChargeReversed')), 0)::int as pence,
            case when place.state = 'Confirmed' and not exists (select from ledger_entries entry where entry.place_id = place.id and entry.kind = 'Charge')
                then greatest(place.created_at, booking.confirmed_at) else coalesce(place.ended_at, now()) end as at
        from place_money charged
        join places place on place.id = charged.place_id
        join bookings booking on booking.id = charged.booking_id
        where charged.place_id = any(ids)
    ) gap
    where gap.pence <> 0;

    insert into bookings_to_bill (booking_id, since)
    select distinct billed.booking_id, now()
    from billed_places billed
    where billed.place_id = any(ids) and billed.charged_pence <> billed.billed_pence
    on conflict do nothing;
end
$$;

create function post_new_places() returns trigger language plpgsql as $$
declare
    ids uuid[] := (select array_agg(id order by id) from changed where state = 'Confirmed' and price_pence > 0);
begin
    if ids is not null then
        perform post_charges(ids);
    end if;
    return null;
end
$$;
create function post_changed_places() returns trigger language plpgsql as $$
declare
    ids uuid[] := (
        select array_agg(changed.id order by changed.id)
        from changed
        join before on before.id = changed.id
        where (before.state, before.price_pence) is distinct from (changed.state, changed.price_pence));
begin
    if ids is not null then
        perform post_charges(ids);
    end if;
    return null;
end
$$;
create function post_place_charges() returns trigger language plpgsql as $$
declare
    ids uuid[] := (select array_agg(distinct place_id) from changed);
begin
    perform from places where id = any(ids) order by id for no key update;
    perform post_charges(ids);
    return null;
end
$$;
create trigger new_places_post after insert on places
    referencing new table as changed for each statement execute function post_new_places();
create trigger changed_places_post after update on places
    referencing old table as before new table as changed for each statement execute function post_changed_places();
create trigger new_charges_post after insert on place_charges
    referencing new table as changed for each statement execute function post_place_charges();
create trigger changed_charges_post after update on place_charges
    referencing new table as changed for each statement execute function post_place_charges();

-- Who pays, who credits and who writes off at the same time take turns at the invoice, and the second sees what the first did.
create function settle_invoices_of(bookings uuid[]) returns void language plpgsql as $$
begin
    perform from invoices where booking_id = any(bookings) order by id for no key update;
    update invoices invoice
    set open_pence = money.open_pence,
        is_settled = money.open_pence <= 0
    from invoice_money money
    where money.booking_id = any(bookings) and money.invoice_id = invoice.id
      and (invoice.open_pence <> money.open_pence or invoice.is_settled <> (money.open_pence <= 0));
end
$$;
create function settle_by_ledger() returns trigger language plpgsql as $$
declare
    bookings uuid[] := (select array_agg(distinct booking_id) from changed where kind not in ('Charge', 'ChargeReversed'));
begin
    if bookings is not null then
        perform settle_invoices_of(bookings);
    end if;
    return null;
end
$$;
create function settle_by_lines() returns trigger language plpgsql as $$
begin
    perform settle_invoices_of((
        select array_agg(distinct invoice.booking_id)
        from changed
        join invoices invoice on invoice.id = changed.invoice_id));
    return null;
end
$$;
create function settle_by_credits() returns trigger language plpgsql as $$
begin
    perform settle_invoices_of((
        select array_agg(distinct invoice.booking_id)
        from changed
        join invoice_lines line on line.id = changed.invoice_line_id
        join invoices invoice on invoice.id = line.invoice_id));
    return null;
end
$$;
create trigger ledger_settles_invoices after insert on ledger_entries
    referencing new table as changed for each statement execute function settle_by_ledger();
create trigger lines_settle_invoices after insert on invoice_lines
    referencing new table as changed for each statement execute function settle_by_lines();
create trigger credits_settle_invoices after insert on credit_note_lines
    referencing new table as changed for each statement execute function settle_by_credits();

-- What was issued stays as it was issued. What is open of it is worked out, and personal data ends.
create function refuse_issued_change() returns trigger language plpgsql as $$
declare
    may text[] := tg_argv[0]::text[];
    gone text[] := tg_argv[1]::text[];
    field text;
begin
    if tg_op = 'DELETE' or (to_jsonb(new) - may - gone) <> (to_jsonb(old) - may - gone) then
        raise exception 'What was issued is never changed: %', tg_table_name using errcode = 'restrict_violation';
    end if;
    foreach field in array gone loop
        if to_jsonb(new) ->> field is distinct from to_jsonb(old) ->> field and coalesce(to_jsonb(new) ->> field, '') <> '' then
            raise exception 'What was issued is never changed: %', tg_table_name using errcode = 'restrict_violation';
        end if;
    end loop;
    return new;
end
$$;
create trigger invoices_never_change before update or delete on invoices
    for each row execute function refuse_issued_change('{open_pence,is_settled}', '{email,billing_name,postal_address}');
create trigger invoice_lines_never_change before update or delete on invoice_lines
    for each row execute function refuse_issued_change('{}', '{delegate_name}');
create trigger credit_notes_never_change before update or delete on credit_notes
    for each row execute function refuse_issued_change('{}', '{email}');
create trigger credit_note_lines_append_only before update or delete on credit_note_lines
    for each row execute function refuse_change();

-- Lines add up to the document, and no line is credited with more than it asks for. Looked at when the transaction commits.
create function check_document_adds_up() returns trigger language plpgsql as $$
begin
    if tg_table_name = 'invoices' and (select coalesce(sum(amount_pence), 0) from invoice_lines where invoice_id = new.id) <> new.amount_pence
        or tg_table_name = 'credit_notes' and (select coalesce(sum(amount_pence), 0) from credit_note_lines where credit_note_id = new.id) <> new.amount_pence
    then
        raise exception 'The lines do not add up to the document.'
            using errcode = 'check_violation', constraint = 'ck_documents_add_up', table = tg_table_name;
    end if;
    return null;
end
$$;
create function check_not_credited_beyond() returns trigger language plpgsql as $$
begin
    if (select sum(amount_pence) from credit_note_lines where invoice_line_id = new.invoice_line_id)
        > (select amount_pence from invoice_lines where id = new.invoice_line_id)
    then
        raise exception 'A line is credited with more than it asked for.'
            using errcode = 'check_violation', constraint = 'ck_credit_note_lines_within', table = 'credit_note_lines';
    end if;
    return null;
end
$$;
create constraint trigger invoices_add_up after insert on invoices
    deferrable initially deferred for each row execute function check_document_adds_up();
create constraint trigger credit_notes_add_up after insert on credit_notes
    deferrable initially deferred for each row execute function check_document_adds_up();
create constraint trigger credit_note_lines_within after insert on credit_note_lines
    deferrable initially deferred for each row execute function check_not_credited_beyond();

-- What was charged before: the entries, what is open, and what has to be billed.
insert into ledger_entries (id, booking_id, place_id, kind, amount_pence, at)
select gen_random_uuid(), charged.booking_id, charged.place_id, 'Charge', charged.charged_pence, coalesce(place.ended_at, booking.confirmed_at, place.created_at)
from place_money charged
join places place on place.id = charged.place_id
join bookings booking on booking.id = charged.booking_id
where charged.charged_pence > 0;
select settle_invoices_of(array(select booking_id from invoices));
insert into bookings_to_bill (booking_id, since)
select distinct booking_id, now()
from billed_places
where charged_pence <> billed_pence;
