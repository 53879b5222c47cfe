-- Files are checked and imported in the background, with their progress in the row; and what staff have said that headings and
-- values mean is remembered. The defaults serve a version without these columns, which may still run.

alter table import_uploads
    add column content_hash bytea not null default ''::bytea,
    add column uploaded_at timestamptz not null default now(),
    add column state text not null default 'Checking',
    add column is_lenient boolean not null default false,
    add column lease_until timestamptz,
    add column rows_read integer not null default 0,
    add column rows_checked integer not null default 0,
    add column rows_written integer not null default 0,
    add column report jsonb,
    add column finished_at timestamptz,
    add constraint ck_import_uploads_state check (state in ('Checking', 'Checked', 'Importing', 'Done', 'Interrupted', 'Failed'));
create index ix_import_uploads_uploaded_by_uploaded_at on import_uploads (uploaded_by, uploaded_at);
create unique index ux_import_uploads_kind_content_hash on import_uploads (kind, content_hash) where state = 'Importing';

create table import_headings (
    kind text not null,
    heading_key text not null,
    column_name text,
    constraint pk_import_headings primary key (kind, heading_key)
);

create table import_values (
    kind text not null,
    column_name text not null,
    value_key text not null,
    means text not null,
    constraint pk_import_values primary key (kind, column_name, value_key)
);
