-- What an area is to the catalogue and to bookers was told by its name, which was one partnership's; now a column says it.
alter table areas add column kind text not null default 'Place';
update areas set kind = 'Everywhere' where name = 'Both';
update areas set kind = 'Elsewhere' where name = 'Elsewhere';
alter table areas add constraint ck_areas_kind check (kind in ('Place', 'Everywhere', 'Elsewhere'));

-- What is used is never deleted: it is no longer offered.
alter table areas add column archived_at timestamptz;
alter table areas add column version integer not null default 0;
alter table sectors add column archived_at timestamptz;
alter table sectors add column version integer not null default 0;
alter table toolkits add column archived_at timestamptz;
alter table toolkits add column version integer not null default 0;

create trigger areas_changed after insert or update or delete on areas
    for each statement execute function notify_catalogue_changed();
create trigger sectors_changed after insert or update or delete on sectors
    for each statement execute function notify_catalogue_changed();
