-- Who gave an answer is known to a role of its own. It owns the two tables that say so, and functions that read them for one purpose
-- each; the role that the program runs as may add a link and call the functions. Reports on answers run as a third role, which reads
-- answers and lists, and nothing about people. See decision 130. A node of the older version can neither show a survey nor correct an
-- answer after this; each of its statements fails as a whole.

do $do$
declare
    one text;
begin
    foreach one in array array['traininghub_identity', 'traininghub_reports']
    loop
        -- The roles of a server are those of all its databases, so another one may be making them at this moment.
        begin
            if not exists (select from pg_roles where rolname = one) then
                execute format('create role %I nologin', one);
            end if;
        exception when duplicate_object or unique_violation then
            null;
        end;
        if not pg_has_role(current_user, one, 'usage') then
            execute format('grant %I to %I', one, current_user);
        end if;
    end loop;
end
$do$;

grant usage, create on schema public to traininghub_identity;
grant usage on schema public to traininghub_reports;

-- Answers say in which week they were given, and no day of it. The day of a row of a file is the file's.
lock table survey_responses, survey_links, legal_holds in share row exclusive mode;

create function answered_in_week() returns trigger language plpgsql as $$
begin
    if new.origin = 'Survey' and new.submitted_within = 'Day' then
        new.submitted_on := date_trunc('week', new.submitted_on)::date;
    end if;
    return new;
end
$$;
create trigger answers_say_the_week before insert or update on survey_responses
    for each row execute function answered_in_week();
update survey_responses set submitted_on = submitted_on where origin = 'Survey' and submitted_within = 'Day';
alter table survey_responses
    add constraint ck_survey_responses_week check (origin <> 'Survey' or submitted_within <> 'Day' or extract(isodow from submitted_on) = 1);

-- What each may read.
grant select (id, place_id, state, closes_at) on survey_invitations to traininghub_identity;
grant select (id, person_id, delegate_name) on places to traininghub_identity;
grant select (id, held_response_id) on concerns to traininghub_identity;
grant select (id, concern_id, is_approved, asked_by_id, decided_by_id, shown_until) on identity_requests to traininghub_identity;
grant insert on identity_views to traininghub_identity;
grant select on held_comments to traininghub_identity;

grant select (id, course_id, area_id, sector_id, submitted_on, submitted_within, version_id, option_ids, origin) on survey_responses to traininghub_reports;
grant select on withheld_answers, surveys, survey_versions, survey_questions, survey_options, version_options, toolkits, areas, sectors to traininghub_reports;
grant select (id, title, survey_title) on courses to traininghub_reports;

alter table survey_links owner to traininghub_identity;
alter table legal_holds owner to traininghub_identity;

-- The answer that an invitation has had, for whoever corrects it: until the survey closes.
create function own_answer(asked uuid, at timestamptz) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select link.response_id
    from survey_links link
    join survey_invitations invitation on invitation.id = link.invitation_id
    where link.invitation_id = asked and invitation.state = 'Answered' and invitation.closes_at > at
$$;

-- Which answers are linked, whether their surveys are over, and since closed_by. It names no invitation.
create function linked_answers(at timestamptz, closed_by timestamptz) returns table (response_id uuid, is_closed boolean, is_due boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select link.response_id, coalesce(invitation.closes_at <= at, true), coalesce(invitation.closes_at <= closed_by, true)
    from survey_links link
    join survey_invitations invitation on invitation.id = link.invitation_id
$$;

-- Destroys the links of answers whose surveys are over and that nothing holds. Returns how many.
create function unlink_answers(answers uuid[], at timestamptz) returns bigint
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
    with gone as (
        delete from survey_links link
        using survey_invitations invitation
        where link.response_id = any(answers)
          and invitation.id = link.invitation_id
          and coalesce(invitation.closes_at <= at, true)
          and not exists (select from held_comments held where held.response_id = link.response_id)
        returning 1
    )
    select count(*) from gone
$$;

-- Whether a concern's text leads to anybody; null when it has no link.
create function trace_writer(concern uuid) returns text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select case when place.person_id is null and place.delegate_name is null then 'Forgotten' else 'Traceable' end
    from concerns
    join survey_links link on link.response_id = concerns.held_response_id
    join survey_invitations invitation on invitation.id = link.invitation_id
    join places place on place.id = invitation.place_id
    where concerns.id = concern
$$;

-- The place of whoever wrote a text, once somebody has asked, somebody else has agreed, and not too late. There is no look without its row.
create function identify_writer(concern uuid, look uuid, viewer uuid, at timestamptz) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    request uuid;
    place uuid;
begin
    select identity_requests.id into request
    from identity_requests
    where concern_id = concern and is_approved and decided_by_id <> asked_by_id and shown_until > at
    order by shown_until desc
    limit 1;
    if request is null then
        return null;
    end if;
    select invitation.place_id into place
    from concerns
    join survey_links link on link.response_id = concerns.held_response_id
    join survey_invitations invitation on invitation.id = link.invitation_id
    where concerns.id = concern;
    if place is not null then
        insert into identity_views (id, request_id, seen_at, seen_by_id) values (look, request, at, viewer);
    end if;
    return place;
end
$$;

create function hold_place(answer uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
    insert into legal_holds (place_id)
    select invitation.place_id
    from survey_links link
    join survey_invitations invitation on invitation.id = link.invitation_id
    where link.response_id = answer and exists (select from held_comments held where held.response_id = answer)
    on conflict do nothing
$$;

-- Unless another text of the same answers is held.
create function release_place(answer uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
    delete from legal_holds
    using survey_links link
    join survey_invitations invitation on invitation.id = link.invitation_id
    where link.response_id = answer
      and legal_holds.place_id = invitation.place_id
      and not exists (select from held_comments held where held.response_id = answer)
$$;

create function is_held(place uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select exists (select from legal_holds where place_id = place)
$$;

-- What somebody is given a copy of, or has erased: the answers that are linked to their places.
create function answers_of_places(whose uuid[]) returns table (response_id uuid, closes_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select link.response_id, invitation.closes_at
    from survey_links link
    join survey_invitations invitation on invitation.id = link.invitation_id
    where invitation.place_id = any(whose)
$$;

-- For the audit: links and holds that should not be, or are missing.
create function wrong_links(at timestamptz) returns table (fault text, id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select 'not answered', link.invitation_id
    from survey_links link
    join survey_invitations invitation on invitation.id = link.invitation_id
    where invitation.state <> 'Answered'
    union all
    select 'too old', link.response_id
    from survey_links link
    join survey_invitations invitation on invitation.id = link.invitation_id
    where invitation.closes_at < at - interval '31 days'
      and not exists (select from held_comments held where held.response_id = link.response_id)
    union all
    select 'place is not held', held.concern_id
    from held_comments held
    join survey_links link on link.response_id = held.response_id
    join survey_invitations invitation on invitation.id = link.invitation_id
    where not exists (select from legal_holds hold where hold.place_id = invitation.place_id)
    union all
    select 'held for nothing', hold.place_id
    from legal_holds hold
    where not exists (
        select from survey_invitations invitation
        join survey_links link on link.invitation_id = invitation.id
        join held_comments held on held.response_id = link.response_id
        where invitation.place_id = hold.place_id)
$$;

do $do$
declare
    one text;
begin
    foreach one in array array[
        'own_answer(uuid, timestamptz)', 'linked_answers(timestamptz, timestamptz)', 'unlink_answers(uuid[], timestamptz)', 'trace_writer(uuid)',
        'identify_writer(uuid, uuid, uuid, timestamptz)', 'hold_place(uuid)', 'release_place(uuid)', 'is_held(uuid)', 'answers_of_places(uuid[])',
        'wrong_links(timestamptz)']
    loop
        execute format('revoke all on function %s from public', one);
        execute format('alter function %s owner to traininghub_identity', one);
    end loop;
end
$do$;
revoke create on schema public from traininghub_identity;

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
