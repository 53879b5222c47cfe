-- What was said to somebody and is not done yet can be asked for: a concern that nobody has closed, and an invoice that asks for
-- another sum than the booking is charged.

-- A concern is closed by somebody, with what was done. As with reading, who answers first is no matter, and the words are staff's.
alter table survey_comments
    add column closed_at timestamptz,
    add column closed_by_id uuid constraint fk_survey_comments_closed_by_id references staff_users (id) on delete restrict,
    add column outcome varchar(1000),
    add constraint ck_survey_comments_closed check ((closed_at is null) = (closed_by_id is null) and (closed_at is null) = (outcome is null));
create index ix_survey_comments_closed_by_id on survey_comments (closed_by_id);
create index ix_survey_comments_read_at on survey_comments (read_at) where state = 'Concern' and closed_at is null;

-- What staff have taken off an invoice since it was issued, or added to it (below nought), and whether it asks for what is charged.
alter table invoices
    add column corrected_pence int not null default 0,
    add column is_right boolean not null default true;

create function is_invoice_right(booking uuid, asked_pence int) returns boolean language sql stable as $$
    select coalesce((
        select charged_pence = asked_pence
        from booking_money
        where booking_id = booking), true)
$$;
create or replace function settle_new_invoice() returns trigger language plpgsql as $$
begin
    new.is_settled := is_invoice_settled(new.booking_id);
    new.is_right := is_invoice_right(new.booking_id, new.amount_pence - new.corrected_pence);
    return new;
end
$$;
drop trigger invoices_settle on invoices;
create trigger invoices_settle before insert or update of corrected_pence on invoices
    for each row execute function settle_new_invoice();

-- Who pays, who cancels and who puts right at the same time take turns at the invoice, and the second sees what the first did.
create or replace function settle_invoices() returns trigger language plpgsql as $$
begin
    perform from invoices
    where booking_id in (select booking_id from changed)
    order by id
    for no key update;
    update invoices invoice
    set is_settled = is_invoice_settled(invoice.booking_id),
        is_right = is_invoice_right(invoice.booking_id, invoice.amount_pence - invoice.corrected_pence)
    where invoice.booking_id in (select booking_id from changed)
      and (invoice.is_settled <> is_invoice_settled(invoice.booking_id)
          or invoice.is_right <> is_invoice_right(invoice.booking_id, invoice.amount_pence - invoice.corrected_pence));
    return null;
end
$$;

update invoices
set is_right = false
where not is_invoice_right(booking_id, amount_pence);

create index ix_invoices_created_at on invoices (created_at) where not is_right;
