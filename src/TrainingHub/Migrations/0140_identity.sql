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
    if new.origin in ('Survey', 'Room') and new.submitted_within = 'Day' then
        new.submitted_on := date_trunc('week', new.submitted_on)::date;
    end if;
    return new;
end
$$;
create trigger answers_say_the_week before insert or update on survey_responses
    for each row execute function answered_in_week();
update survey_responses set submitted_on = submitted_on where origin in ('Survey', 'Room') and submitted_within = 'Day';
alter table survey_responses
    add constraint ck_survey_responses_week check (origin not in ('Survey', 'Room') or submitted_within <> 'Day' or extract(isodow from submitted_on) = 1);

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

-- Whether somebody is known who wrote a concern's text; null when it has no link.
create function trace_writer(concern uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select place.person_id is not null or place.delegate_name is not null
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
