-- By what the office's own books know the income of a course. Null is the code of the settings.
alter table courses
    add column nominal_code varchar(20),
    add column cost_centre varchar(20);

-- A journal that left for the office's own books: all that was entered up to the end of a month and had not left before. The sums and
-- the hash are of the double-entry file, so that it can be told whether it would be another one today.
create table journal_exports (
    id uuid not null,
    number int not null,
    month date not null,
    entries int not null,
    total_pence bigint not null,
    hash varchar(64) not null,
    exported_at timestamptz not null,
    constraint pk_journal_exports primary key (id),
    constraint ck_journal_exports_month check (extract(day from month) = 1),
    constraint ck_journal_exports_entries check (entries >= 0 and total_pence >= 0)
);
create unique index ux_journal_exports_number on journal_exports (number);
create index ix_journal_exports_month on journal_exports (month);

-- Which invoice, credit note or entry of the ledger left with which journal: each with one.
create table journal_sources (
    source_id uuid not null,
    export_id uuid not null,
    constraint pk_journal_sources primary key (source_id),
    constraint fk_journal_sources_export_id foreign key (export_id) references journal_exports (id) on delete restrict
);
create index ix_journal_sources_export_id on journal_sources (export_id);

create trigger journal_exports_append_only before update or delete on journal_exports
    for each row execute function refuse_change();
create trigger journal_sources_append_only before update or delete on journal_sources
    for each row execute function refuse_change();
