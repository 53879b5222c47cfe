-- Programmes are kept by staff: one version after another, out of use instead of deleted, and each module has its number.
alter table programmes
    add column archived_at timestamptz,
    add column version integer not null default 0;
create unique index ux_programmes_title on programmes (title);
alter table courses
    add constraint ck_courses_module check ((programme_id is null) = (module_number is null) and module_number >= 1);
