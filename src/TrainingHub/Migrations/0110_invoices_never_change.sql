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
