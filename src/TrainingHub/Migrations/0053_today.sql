-- What Today asks of tables that grow for ever must not grow with them. Two facts that would mean reading all places and all money are
-- kept where they are asked for, and looked for among the few rows that are open.

-- Nothing is left to mark, as far as is known: a date that says so has no confirmed place without a mark. One that does not is looked at.
alter table course_runs add column is_register_done boolean not null default false;

-- Whoever gives somebody a place holds the date's row: then it stays open, since that place cannot be seen from here.
create function close_registers() returns trigger language plpgsql as $$
declare
    free uuid[];
begin
    select array_agg(id) into free
    from (
        select id
        from course_runs
        where not is_register_done
          and id in (select place.run_id from added join places place on place.id = added.place_id)
        for no key update skip locked
    ) nobody_holds;
    update course_runs run
    set is_register_done = true
    where run.id = any(free)
      and not exists (
          select from places place
          left join attendance_marks mark on mark.place_id = place.id
          where place.run_id = run.id and place.state = 'Confirmed' and mark.place_id is null);
    return null;
end
$$;
create function open_registers() returns trigger language plpgsql as $$
begin
    update course_runs run
    set is_register_done = false
    where run.is_register_done
      and run.id in (select place.run_id from removed join places place on place.id = removed.place_id);
    return null;
end
$$;
create function open_registers_of_places() returns trigger language plpgsql as $$
begin
    update course_runs run
    set is_register_done = false
    where run.is_register_done
      and run.id in (select place.run_id from changed join places place on place.id = changed.id and place.state = 'Confirmed');
    return null;
end
$$;
create trigger registers_close after insert on attendance_marks
    referencing new table as added for each statement execute function close_registers();
create trigger registers_open after delete on attendance_marks
    referencing old table as removed for each statement execute function open_registers();
create trigger registers_open_for_new after insert on places
    referencing new table as changed for each statement execute function open_registers_of_places();
create trigger registers_open_for_changed after update on places
    referencing new table as changed for each statement execute function open_registers_of_places();

update course_runs run
set is_register_done = true
where state = 'Scheduled'
  and exists (select from register_places place where place.run_id = run.id)
  and not exists (select from register_places place where place.run_id = run.id and place.attended is null);

create index ix_course_runs_drafts on course_runs (starts_at) where state = 'Draft';
create index ix_course_runs_of_meetings on course_runs (ends_at) where meetings is not null;
create index ix_course_runs_open_register on course_runs (ends_at) where state = 'Scheduled' and not is_register_done;

-- Nothing is left to pay of what it asks for: charged - paid + refunded, as the view booking_money has it.
alter table invoices add column is_settled boolean not null default false;

create function is_invoice_settled(booking uuid) returns boolean language sql stable as $$
    select coalesce((
        select charged_pence - paid_pence + refunded_pence <= 0
        from booking_money
        where booking_id = booking), true)
$$;
create function settle_new_invoice() returns trigger language plpgsql as $$
begin
    new.is_settled := is_invoice_settled(new.booking_id);
    return new;
end
$$;
-- Who pays and who cancels at the same time take turns at the invoice, and the second sees what the first did.
create function settle_invoices() returns trigger language plpgsql as $$
begin
    perform from invoices
    where booking_id in (select booking_id from changed)
    order by id
    for no key update;
    update invoices invoice
    set is_settled = not invoice.is_settled
    where invoice.booking_id in (select booking_id from changed)
      and invoice.is_settled <> is_invoice_settled(invoice.booking_id);
    return null;
end
$$;
create trigger invoices_settle before insert on invoices
    for each row execute function settle_new_invoice();
create trigger ledger_settles_invoices after insert on ledger_entries
    referencing new table as changed for each statement execute function settle_invoices();
create trigger new_places_settle_invoices after insert on places
    referencing new table as changed for each statement execute function settle_invoices();
create trigger changed_places_settle_invoices after update on places
    referencing new table as changed for each statement execute function settle_invoices();

update invoices
set is_settled = true
where is_invoice_settled(booking_id);

create index ix_invoices_due_on on invoices (due_on) where not is_settled;

create index ix_payments_open_problem on payments (created_at) where problem is not null and problem_closed_at is null;
create index ix_outgoing_emails_not_delivered on outgoing_emails (created_at) where state in ('Failed', 'Bounced');
