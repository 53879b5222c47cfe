-- A place whose delegate must be known for as long as something that they wrote may be needed to protect somebody. It says no more.
create table legal_holds (
    place_id uuid not null,
    constraint pk_legal_holds primary key (place_id),
    constraint fk_legal_holds_place_id foreign key (place_id) references places (id) on delete restrict
);

-- A concern about one free text. No key leads to the text: unlinking writes it anew under the same id, see survey_comments_gone.
-- held_response_id is there for as long as the hold lasts, so that the answer cannot be written anew, whatever asks for it.
create table concerns (
    id uuid not null,
    reference varchar(8) not null,
    comment_id uuid not null,
    kind text not null,
    state text not null,
    raised_at timestamptz not null,
    raised_by_id uuid not null,
    acknowledged_at timestamptz,
    acknowledged_by_id uuid,
    referral varchar(100),
    closed_at timestamptz,
    closed_by_id uuid,
    outcome varchar(1000),
    withdrawn_at timestamptz,
    withdrawn_by_id uuid,
    withdrawn_because varchar(500),
    hold_lifted_at timestamptz,
    hold_lifted_by_id uuid,
    hold_lifted_because varchar(500),
    held_response_id uuid,
    constraint pk_concerns primary key (id),
    constraint ck_concerns_kind check (kind in ('AtRisk', 'Professional', 'Writer')),
    constraint ck_concerns_state check (state in ('Raised', 'Acknowledged', 'Closed', 'Withdrawn')),
    constraint ck_concerns_acknowledged check (
        (acknowledged_at is null) = (acknowledged_by_id is null) and (state <> 'Acknowledged' or acknowledged_at is not null)),
    constraint ck_concerns_closed check (
        (closed_at is null) = (closed_by_id is null) and (closed_at is null) = (outcome is null) and (closed_at is not null) = (state = 'Closed')),
    constraint ck_concerns_withdrawn check (
        (withdrawn_at is null) = (withdrawn_by_id is null) and (withdrawn_at is null) = (withdrawn_because is null)
        and (withdrawn_at is not null) = (state = 'Withdrawn')),
    constraint ck_concerns_lifted check (
        (hold_lifted_at is null) = (hold_lifted_by_id is null) and (hold_lifted_at is null) = (hold_lifted_because is null)
        and (hold_lifted_at is null or state in ('Closed', 'Withdrawn'))),
    constraint ck_concerns_held check (held_response_id is null or (hold_lifted_at is null and state <> 'Withdrawn')),
    constraint fk_concerns_raised_by_id foreign key (raised_by_id) references staff_users (id) on delete restrict,
    constraint fk_concerns_acknowledged_by_id foreign key (acknowledged_by_id) references staff_users (id) on delete restrict,
    constraint fk_concerns_closed_by_id foreign key (closed_by_id) references staff_users (id) on delete restrict,
    constraint fk_concerns_withdrawn_by_id foreign key (withdrawn_by_id) references staff_users (id) on delete restrict,
    constraint fk_concerns_hold_lifted_by_id foreign key (hold_lifted_by_id) references staff_users (id) on delete restrict,
    constraint fk_concerns_held_response_id foreign key (held_response_id) references survey_responses (id) on delete restrict
);
create unique index ux_concerns_reference on concerns (reference);
create unique index ux_concerns_comment_id on concerns (comment_id) where state <> 'Withdrawn';
create index ix_concerns_raised_by_id on concerns (raised_by_id);
create index ix_concerns_acknowledged_by_id on concerns (acknowledged_by_id);
create index ix_concerns_closed_by_id on concerns (closed_by_id);
create index ix_concerns_withdrawn_by_id on concerns (withdrawn_by_id);
create index ix_concerns_hold_lifted_by_id on concerns (hold_lifted_by_id);
create index ix_concerns_held_response_id on concerns (held_response_id);

-- The texts that nothing may erase, unlink or give out.
create view held_comments as
select comment_id, id as concern_id, held_response_id as response_id
from concerns
where state <> 'Withdrawn' and hold_lifted_at is null;

-- Who is told of a concern that nobody has acknowledged, and when. The next step is added when one is done.
create table concern_alerts (
    id uuid not null,
    concern_id uuid not null,
    step text not null,
    state text not null,
    due_at timestamptz not null,
    done_at timestamptz,
    constraint pk_concern_alerts primary key (id),
    constraint ck_concern_alerts_step check (step in ('Lead', 'Deputy', 'OnCall')),
    constraint ck_concern_alerts_state check (state in ('Due', 'Sent', 'NotNeeded')),
    constraint ck_concern_alerts_done check ((done_at is null) = (state = 'Due')),
    constraint fk_concern_alerts_concern_id foreign key (concern_id) references concerns (id) on delete restrict
);
create unique index ux_concern_alerts_concern_id_step on concern_alerts (concern_id, step);
create index ix_concern_alerts_due_at on concern_alerts (due_at) where state = 'Due';

create table concern_notes (
    id uuid not null,
    concern_id uuid not null,
    written_at timestamptz not null,
    written_by_id uuid not null,
    text varchar(2000) not null,
    constraint pk_concern_notes primary key (id),
    constraint fk_concern_notes_concern_id foreign key (concern_id) references concerns (id) on delete restrict,
    constraint fk_concern_notes_written_by_id foreign key (written_by_id) references staff_users (id) on delete restrict
);
create index ix_concern_notes_concern_id on concern_notes (concern_id);
create index ix_concern_notes_written_by_id on concern_notes (written_by_id);
create trigger concern_notes_append_only before update or delete on concern_notes
    for each row execute function refuse_change();

-- To learn who wrote a text takes two people: the last word on that is the database's.
create table identity_requests (
    id uuid not null,
    concern_id uuid not null,
    reason varchar(500) not null,
    asked_at timestamptz not null,
    asked_by_id uuid not null,
    decided_at timestamptz,
    decided_by_id uuid,
    is_approved boolean,
    shown_until timestamptz,
    constraint pk_identity_requests primary key (id),
    constraint ck_identity_requests_two_people check (decided_by_id <> asked_by_id),
    constraint ck_identity_requests_decided check (
        (decided_at is null) = (decided_by_id is null) and (decided_at is null) = (is_approved is null)
        and (shown_until is not null) = coalesce(is_approved, false)),
    constraint fk_identity_requests_concern_id foreign key (concern_id) references concerns (id) on delete restrict,
    constraint fk_identity_requests_asked_by_id foreign key (asked_by_id) references staff_users (id) on delete restrict,
    constraint fk_identity_requests_decided_by_id foreign key (decided_by_id) references staff_users (id) on delete restrict
);
create unique index ux_identity_requests_concern_id on identity_requests (concern_id) where decided_at is null;
create index ix_identity_requests_asked_by_id on identity_requests (asked_by_id);
create index ix_identity_requests_decided_by_id on identity_requests (decided_by_id);

create table identity_views (
    id uuid not null,
    request_id uuid not null,
    seen_at timestamptz not null,
    seen_by_id uuid not null,
    constraint pk_identity_views primary key (id),
    constraint fk_identity_views_request_id foreign key (request_id) references identity_requests (id) on delete restrict,
    constraint fk_identity_views_seen_by_id foreign key (seen_by_id) references staff_users (id) on delete restrict
);
create index ix_identity_views_request_id on identity_views (request_id);
create index ix_identity_views_seen_by_id on identity_views (seen_by_id);
create trigger identity_views_append_only before update or delete on identity_views
    for each row execute function refuse_change();

-- A text that is really gone, not written anew under its id, takes what hangs on it along; one that raised a concern cannot go.
create function comment_gone() returns trigger language plpgsql as $$
begin
    if exists (select from survey_comments where id = old.id) then
        return null;
    end if;
    if exists (select from concerns where comment_id = old.id and state <> 'Withdrawn') then
        raise exception 'A text that raised a concern is kept.'
            using errcode = 'restrict_violation', constraint = 'ck_concerns_comment_kept', table = 'survey_comments';
    end if;
    return null;
end
$$;
create trigger survey_comments_gone after delete on survey_comments
    for each row execute function comment_gone();

-- Those that were raised before. Their lead was told then; the reference is the one in that email.
insert into concerns (id, reference, comment_id, kind, state, raised_at, raised_by_id, closed_at, closed_by_id, outcome, held_response_id)
select gen_random_uuid(), upper(left(replace(id::text, '-', ''), 8)), id, 'AtRisk', case when closed_at is null then 'Raised' else 'Closed' end,
    read_at, read_by_id, closed_at, closed_by_id, outcome, response_id
from survey_comments
where state = 'Concern';
insert into legal_holds (place_id)
select distinct invitation.place_id
from concerns concern
join survey_links link on link.response_id = concern.held_response_id
join survey_invitations invitation on invitation.id = link.invitation_id
on conflict do nothing;
update survey_comments
set closed_at = null, closed_by_id = null, outcome = null
where closed_at is not null;
