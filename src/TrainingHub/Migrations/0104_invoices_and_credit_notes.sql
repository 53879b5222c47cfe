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
