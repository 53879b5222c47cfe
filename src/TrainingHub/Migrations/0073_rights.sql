-- What the role that the application runs as may do with each table. It never owns one, so it can neither alter a table nor switch a
-- trigger off. Read by whoever grants, and by the audit.

create function rights_of_tables(application name)
returns table (named regclass, allowed text[], granted text[]) language sql stable as $$
    with recursive added as (
        -- What refuses changes to everybody is only added to.
        select c.oid
        from pg_class c
        where exists (
            select from pg_trigger t join pg_proc f on f.oid = t.tgfoid
            where t.tgrelid = c.oid and f.proname in ('refuse_change', 'refuse_change_of_history'))
    ), owned as (
        -- Written by the owner, or by a function that acts for it.
        select c.oid
        from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relname in ('schema_migrations', 'history_links', 'history_heads', 'history_waiting')
    ), seen (oid) as (
        -- Those, and the views through which they could be reached.
        select oid from added
        union
        select oid from owned
        union
        select r.ev_class
        from seen
        join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = seen.oid and d.classid = 'pg_rewrite'::regclass
        join pg_rewrite r on r.oid = d.objid
    )
    select c.oid::regclass,
        case
            when c.oid in (select oid from owned) then array['select']
            when c.oid in (select oid from added) then array['select', 'insert']
            when c.oid in (select oid from seen) or c.relkind = 'm' then array['select']
            -- Rows of a view are locked by the right to update it.
            when c.relkind = 'v' then array['select', 'update']
            else array['select', 'insert', 'update', 'delete']
        end,
        array(
            select one.name
            from unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) with ordinality one (name, place)
            where has_table_privilege(application, c.oid, one.name)
            order by one.place)
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    -- What an extension brought along is its own business.
    where n.nspname in ('public', 'hangfire') and c.relkind in ('r', 'v', 'm', 'p')
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
$$;

create procedure grant_application(application name) language plpgsql as $$
declare
    one record;
begin
    -- New tables, so that the program finds them whenever it comes; what is less for some of them is put right below.
    for one in select nspname from pg_namespace where nspname in ('public', 'hangfire')
    loop
        execute format('grant usage on schema %I to %I', one.nspname, application);
        execute format('grant usage on all sequences in schema %I to %I', one.nspname, application);
        execute format('alter default privileges in schema %I grant select, insert, update, delete on tables to %I', one.nspname, application);
        execute format('alter default privileges in schema %I grant usage on sequences to %I', one.nspname, application);
        if has_schema_privilege(application, one.nspname, 'create') then
            execute format('revoke create on schema %I from public, %I', one.nspname, application);
        end if;
    end loop;

    for one in select * from rights_of_tables(application) where allowed <> granted
    loop
        execute format('revoke all on %s from public, %I', one.named, application);
        execute format('grant %s on %s to %I', array_to_string(one.allowed, ', '), one.named, application);
    end loop;
end
$$;

-- Truncate passes the triggers of rows by.
create trigger tr_history_entries_never_emptied before truncate on history_entries
    for each statement execute function refuse_change_of_history();

-- Why the role of whoever asks could change what was written, if it could; no row is how it should be.
create function ways_to_change_history() returns table (way text) language sql stable as $$
    select 'it is a superuser' from pg_roles where rolname = current_user and rolsuper
    union all
    select 'it may give itself other roles' from pg_roles where rolname = current_user and rolcreaterole and not rolsuper
    union all
    select 'it owns the tables, or has a role that does'
    from pg_class
    where oid = 'history_entries'::regclass and pg_has_role(current_user, relowner, 'member')
        and not exists (select from pg_roles where rolname = current_user and rolsuper)
    union all
    select 'it may make tables and functions' where has_schema_privilege(current_user, 'public', 'create')
        and not exists (select from pg_class where oid = 'history_entries'::regclass and pg_has_role(current_user, relowner, 'member'))
    union all
    select format('it may %s in %s', right_name, named)
    from rights_of_tables(current_user), unnest(granted) right_name
    where right_name <> all (allowed)
        and not exists (select from pg_class where oid = 'history_entries'::regclass and pg_has_role(current_user, relowner, 'member'))
$$;
