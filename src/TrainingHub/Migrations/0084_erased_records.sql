-- What was erased, so that it is erased again after a backup of before was restored: ids only, and only added to.
create table erased_records (
    kind text not null,
    record_id uuid not null,
    erased_at timestamptz not null,
    constraint pk_erased_records primary key (kind, record_id)
);
create index ix_erased_records_erased_at on erased_records (erased_at);
create trigger erased_records_append_only before update or delete on erased_records
    for each row execute function refuse_change();
