-- Files that staff sent in and have not agreed to yet; kept for an hour.

create table import_uploads (
    id uuid not null,
    kind text not null,
    file_name varchar(200) not null,
    content bytea not null,
    uploaded_by uuid not null,
    expires_at timestamptz not null,
    constraint pk_import_uploads primary key (id)
);
create index ix_import_uploads_expires_at on import_uploads (expires_at);
