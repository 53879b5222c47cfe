-- A payment may be what a bank line paid, and a refund may take it back to that line. The line counts what is booked of it by itself: two at
-- once queue at its row, and its check refuses the one too many. A line that was set aside takes none.
alter table payments
    add column bank_line_id uuid,
    add constraint fk_payments_bank_line_id foreign key (bank_line_id) references bank_lines (id) on delete restrict,
    add constraint ck_payments_bank_line check (bank_line_id is null or desk_way = 'BankTransfer');
create index ix_payments_bank_line_id on payments (bank_line_id) where bank_line_id is not null;

alter table refunds
    drop constraint ck_refunds_reason,
    add constraint ck_refunds_reason check (reason in (
        'PaidLateAndFull', 'BookingCancelled', 'NotOwed', 'WrongAmount', 'MadeInStripe', 'CheaperDate', 'BookedWrongly'));

create function count_on_bank_line() returns trigger language plpgsql as $$
begin
    update bank_lines
    set booked_pence = booked_pence + new.amount_pence
    where id = new.bank_line_id and outcome is null;
    if not found then
        raise exception 'Bank line % does not wait.', new.bank_line_id using errcode = 'check_violation', constraint = 'ck_bank_lines_waits';
    end if;
    return null;
end $$;
create trigger payments_count_on_bank_line after insert on payments
    for each row when (new.bank_line_id is not null) execute function count_on_bank_line();

-- All that is left waits then, also what was set aside of it.
create function take_back_to_bank_line() returns trigger language plpgsql as $$
begin
    update bank_lines
    set booked_pence = booked_pence - new.amount_pence, outcome = null, outcome_note = null, outcome_at = null, outcome_by_id = null
    where id = (select bank_line_id from payments where id = new.payment_id);
    return null;
end $$;
create trigger refunds_take_back_to_bank_line after insert on refunds
    for each row when (new.reason = 'BookedWrongly') execute function take_back_to_bank_line();
create unique index ux_refunds_booked_wrongly on refunds (payment_id) where reason = 'BookedWrongly';
