-- Organisations as staff know them: where they are, whom to ask there, and which other names stand for them. A merged one stays as a
-- row, so that its name stays taken and leads a later booking to the one that stays.
alter table organisations
    add column area_id uuid,
    add column contact_name varchar(100),
    add column contact_email varchar(254),
    add column contact_phone varchar(40),
    add column contact_changed_at timestamptz,
    add column version integer not null default 0,
    add column merged_into_id uuid,
    add constraint fk_organisations_area_id foreign key (area_id) references areas (id) on delete restrict,
    add constraint fk_organisations_merged_into_id foreign key (merged_into_id) references organisations (id) on delete restrict,
    add constraint ck_organisations_merged check (merged_into_id is null or (merged_into_id <> id and not is_approved));
create index ix_organisations_area_id on organisations (area_id);
create index ix_organisations_merged_into_id on organisations (merged_into_id) where merged_into_id is not null;
