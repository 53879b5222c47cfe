-- The rights that follow from 0140.

-- As before, and besides: what the role for identities owns is only added to or not at all; of answers and comments every column is
-- read by name, so that the hidden ones, which tell what was written together, are not.
create or replace function rights_of_tables(application name)
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
            when n.nspname = 'public' and c.relname = 'survey_links' then array['insert']
            when n.nspname = 'public' and c.relname = 'legal_holds' then array[]::text[]
            when n.nspname = 'public' and c.relname in ('survey_responses', 'survey_comments') then array['insert', 'update', 'delete']
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

-- What the role of the program lacks besides rights to tables; no row is how it should be.
create function missing_rights(application name) returns table (statement text) language sql stable as $$
    select format('grant select (%I) on %s to %I', a.attname, a.attrelid::regclass, application)
    from pg_attribute a
    where a.attrelid in ('survey_responses'::regclass, 'survey_comments'::regclass) and a.attnum > 0 and not a.attisdropped
        and not has_column_privilege(application, a.attrelid, a.attnum, 'select')
    union all
    select format('grant execute on function %s to %I', f.oid::regprocedure, application)
    from pg_proc f
    join pg_roles owner on owner.oid = f.proowner
    where owner.rolname = 'traininghub_identity' and f.prosecdef and f.pronamespace = 'public'::regnamespace
        and not has_function_privilege(application, f.oid, 'execute')
    union all
    select format('grant traininghub_reports to %I', application)
    where not pg_has_role(application, 'traininghub_reports', 'member')
$$;

create or replace procedure grant_application(application name) language plpgsql as $$
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
        if cardinality(one.allowed) > 0 then
            execute format('grant %s on %s to %I', array_to_string(one.allowed, ', '), one.named, application);
        end if;
    end loop;

    for one in select * from missing_rights(application)
    loop
        execute one.statement;
    end loop;
end
$$;

-- Why the role of whoever asks could read who gave an answer without the functions; no row is how it should be.
create function ways_to_identities() returns table (way text) language sql stable as $$
    select 'it is a superuser' from pg_roles where rolname = current_user and rolsuper
    union all
    select 'it has the role traininghub_identity'
    from pg_roles
    where rolname = current_user and not rolsuper and pg_has_role(current_user, 'traininghub_identity', 'member')
    union all
    select format('it may read %s', named)
    from unnest(array['survey_links'::regclass, 'legal_holds'::regclass]) named
    where not pg_has_role(current_user, 'traininghub_identity', 'member') and has_any_column_privilege(named, 'select')
$$;
