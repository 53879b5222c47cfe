-- An attempt to pay by card may be for one invoice; none before this was.
alter table payments
    add column invoice_id uuid,
    add constraint fk_payments_invoice_id foreign key (invoice_id) references invoices (id) on delete restrict;
create index ix_payments_invoice_id on payments (invoice_id) where invoice_id is not null;

-- Who was reminded of an invoice, once for each of the days of the settings; without a day staff did it by hand.
create table invoice_reminders (
    id uuid not null,
    invoice_id uuid not null,
    after_days int,
    sent_at timestamptz not null,
    constraint pk_invoice_reminders primary key (id),
    constraint fk_invoice_reminders_invoice_id foreign key (invoice_id) references invoices (id) on delete restrict
);
create unique index ux_invoice_reminders_invoice_id_after_days on invoice_reminders (invoice_id, after_days);
create trigger invoice_reminders_append_only before update or delete on invoice_reminders for each row execute function refuse_change();
