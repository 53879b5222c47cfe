-- Free places: the policy of each year as data, what an approval gives an organisation for the year, and what backs an application up.

-- What may be given in a financial year, and what has been: the last word on the budget, across all policies of the year.
create table free_place_years (
    starts_on date not null,
    budget_places integer,
    budget_pence integer,
    places_used integer not null default 0,
    forgone_pence integer not null default 0,
    constraint pk_free_place_years primary key (starts_on),
    constraint ck_free_place_years_starts_on check (extract(month from starts_on) = 4 and extract(day from starts_on) = 1),
    constraint ck_free_place_years_used check (places_used >= 0 and forgone_pence >= 0),
    constraint ck_free_place_years_places check (budget_places is null or places_used <= budget_places),
    constraint ck_free_place_years_pence check (budget_pence is null or forgone_pence <= budget_pence)
);

create table free_place_policies (
    id uuid not null,
    year_starts_on date not null,
    state text not null,
    takes_registered_charities boolean not null,
    takes_unregistered_charities boolean not null,
    takes_companies boolean not null,
    who varchar(1000) not null,
    evidence varchar(1000) not null,
    turnover_limit_pounds integer,
    places_per_organisation integer not null,
    budget_places integer,
    budget_pence integer,
    decide_within_days integer not null,
    valid_until date not null,
    version integer not null default 0,
    created_at timestamptz not null,
    published_at timestamptz,
    superseded_at timestamptz,
    constraint pk_free_place_policies primary key (id),
    constraint ck_free_place_policies_state check (state in ('Draft', 'Published', 'Superseded')),
    constraint ck_free_place_policies_published check ((state = 'Draft') = (published_at is null) and (state = 'Superseded') = (superseded_at is not null)),
    constraint ck_free_place_policies_numbers check (places_per_organisation between 1 and 1000 and decide_within_days between 1 and 60
        and turnover_limit_pounds > 0 and budget_places > 0 and budget_pence > 0)
);
create unique index ux_free_place_policies_published on free_place_policies (year_starts_on) where state = 'Published';
create unique index ux_free_place_policies_draft on free_place_policies (year_starts_on) where state = 'Draft';

-- A right of one organisation to free places until a day. Its count is kept by the trigger below and never above what was given.
create table free_place_awards (
    id uuid not null,
    year_starts_on date not null,
    policy_id uuid not null,
    organisation_id uuid,
    organisation_name varchar(150) not null,
    places integer not null,
    places_used integer not null default 0,
    valid_until date not null,
    awarded_at timestamptz not null,
    ended_at timestamptz,
    constraint pk_free_place_awards primary key (id),
    constraint ck_free_place_awards_places check (places_used between 0 and places),
    constraint fk_free_place_awards_year_starts_on foreign key (year_starts_on) references free_place_years (starts_on) on delete restrict,
    constraint fk_free_place_awards_policy_id foreign key (policy_id) references free_place_policies (id) on delete restrict,
    constraint fk_free_place_awards_organisation_id foreign key (organisation_id) references organisations (id) on delete restrict
);
create unique index ux_free_place_awards_open on free_place_awards (year_starts_on, organisation_id) where ended_at is null;
create index ix_free_place_awards_organisation_id on free_place_awards (organisation_id);
create index ix_free_place_awards_policy_id on free_place_awards (policy_id);

alter table free_place_applications
    add column policy_id uuid constraint fk_free_place_applications_policy_id references free_place_policies (id) on delete restrict,
    add column award_id uuid constraint fk_free_place_applications_award_id references free_place_awards (id) on delete restrict,
    add column applicant_name varchar(100),
    add column applicant_email varchar(254),
    add column sector_id uuid constraint fk_free_place_applications_sector_id references sectors (id) on delete restrict,
    add column turnover_pounds integer,
    add column decide_on date,
    add column question varchar(500),
    add column asked_at timestamptz,
    add column answer varchar(1000),
    add column answered_at timestamptz,
    add column declined_rule text constraint ck_free_place_applications_declined_rule
        check (declined_rule in ('NotForThem', 'OverTurnover', 'NoEvidence', 'AllowanceUsed', 'BudgetUsed', 'Other')),
    add column escalated_at timestamptz;
create index ix_free_place_applications_policy_id on free_place_applications (policy_id);
create index ix_free_place_applications_award_id on free_place_applications (award_id);
create index ix_free_place_applications_sector_id on free_place_applications (sector_id);

-- What backs an application up. Seen by staff alone, as a download; deleted thirty days after the decision.
create table free_place_evidence (
    id uuid not null,
    application_id uuid not null,
    file_name varchar(120) not null,
    kind text not null,
    content bytea not null,
    added_at timestamptz not null,
    constraint pk_free_place_evidence primary key (id),
    constraint ck_free_place_evidence_kind check (kind in ('Pdf', 'Jpeg', 'Png')),
    constraint ck_free_place_evidence_size check (octet_length(content) between 1 and 5242880),
    constraint fk_free_place_evidence_application_id foreign key (application_id) references free_place_applications (id) on delete restrict
);
create index ix_free_place_evidence_application_id on free_place_evidence (application_id);

-- Which award pays for a place, and what it would have cost.
alter table places
    add column free_place_award_id uuid constraint fk_places_free_place_award_id references free_place_awards (id) on delete restrict,
    add column forgone_pence integer,
    add constraint ck_places_forgone check ((free_place_award_id is null) = (forgone_pence is null) and forgone_pence >= 0);
create index ix_places_free_place_award_id on places (free_place_award_id) where free_place_award_id is not null;

-- The year first, then the award: whoever counts waits there, so that no two deadlock. The CHECKs of both say how many are too many.
create function count_free_places(award uuid, more integer, pence integer) returns void language sql as $$
    update free_place_years
    set places_used = places_used + more, forgone_pence = forgone_pence + pence
    where starts_on = (select year_starts_on from free_place_awards where id = award);
    update free_place_awards
    set places_used = places_used + more
    where id = award;
$$;

-- A place counts while it has not ended, however it ends or comes back: each change of it is counted once, with the change.
create function count_free_place() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.free_place_award_id is not null and old.ended_at is null then
        if new.ended_at is null and new.free_place_award_id = old.free_place_award_id and new.forgone_pence = old.forgone_pence then
            return null;
        end if;
        perform count_free_places(old.free_place_award_id, -1, -old.forgone_pence);
    end if;
    if new.free_place_award_id is not null and new.ended_at is null then
        perform count_free_places(new.free_place_award_id, 1, new.forgone_pence);
    end if;
    return null;
end
$$;
create trigger tr_places_free_added after insert on places
    for each row when (new.free_place_award_id is not null) execute function count_free_place();
create trigger tr_places_free_changed after update of free_place_award_id, forgone_pence, ended_at on places
    for each row when (old.free_place_award_id is not null or new.free_place_award_id is not null) execute function count_free_place();

-- Whether those of these places that have ended could be had again under their awards. What has none always can.
create function awards_have_room_for(ids uuid[]) returns boolean language sql stable as $$
    select not exists (
        select
        from places place
        join free_place_awards award on award.id = place.free_place_award_id
        join free_place_years year on year.starts_on = award.year_starts_on
        where place.id = any(ids) and place.ended_at is not null
        group by award.id, year.starts_on
        having award.places_used + count(*) > award.places
            or year.places_used + count(*) > year.budget_places
            or year.forgone_pence + sum(place.forgone_pence) > year.budget_pence)
$$;

-- What free places are worth: one row for each that stands.
create view free_place_values as
select place.id as place_id, place.booking_id, place.run_id, award.id as award_id, award.year_starts_on, place.forgone_pence
from places place
join free_place_awards award on award.id = place.free_place_award_id
where place.ended_at is null;

-- What has held until now, in force from 1 April: every charity and every CIC, with a bound that no organisation has come near.
insert into free_place_policies (
    id, year_starts_on, state, takes_registered_charities, takes_unregistered_charities, takes_companies, who, evidence,
    places_per_organisation, decide_within_days, valid_until, created_at, published_at)
select gen_random_uuid(), year.starts_on, 'Published', true, true, true,
    'Any charity, whether it is registered or not, and any community interest company (CIC) that works with children, young people or families.',
    'Your charity or company number, if you have one. If you have none: your constitution, a page of your accounts or a letter from a funder.',
    20, 10, (year.starts_on + interval '1 year - 1 day')::date, now(), now()
from (
    select make_date(extract(year from on_day - interval '3 months')::int, 4, 1) as starts_on
    from (values (least(current_date, date '2026-11-01'))) as given (on_day)
) year;
insert into free_place_years (starts_on)
select year_starts_on
from free_place_policies;

-- What waits is decided under it.
update free_place_applications
set policy_id = policy.id
from free_place_policies policy
where free_place_applications.state = 'Pending';
