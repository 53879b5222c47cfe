-- Catalogue: courses, titles over time, fees, dates.

create table programmes (
    id uuid not null,
    slug text not null,
    title text not null,
    summary text not null,
    constraint pk_programmes primary key (id)
);
create unique index ux_programmes_slug on programmes (slug);

create table providers (
    id uuid not null,
    name text not null,
    is_invented boolean not null,
    constraint pk_providers primary key (id)
);
create unique index ux_providers_name on providers (name);

create table venues (
    id uuid not null,
    name text not null,
    address text not null,
    is_invented boolean not null,
    constraint pk_venues primary key (id)
);
create unique index ux_venues_name on venues (name);

create table fee_schedules (
    id uuid not null,
    starts_on date not null,
    half_day_pence integer not null,
    full_day_pence integer not null,
    reason text not null,
    constraint pk_fee_schedules primary key (id),
    constraint ck_fee_schedules_fees check (half_day_pence >= 0 and full_day_pence >= 0)
);
create unique index ux_fee_schedules_starts_on on fee_schedules (starts_on);

create table courses (
    id uuid not null,
    slug text not null,
    title varchar(200) not null,
    summary text not null,
    audience text not null,
    tag varchar(60),
    linked_to text,
    level text,
    length text,
    is_new boolean not null,
    survey_title text,
    programme_id uuid,
    module_number integer,
    offer_order integer,
    search_words text not null,
    search_vector tsvector generated always as (
        setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', search_words), 'B')
        || setweight(to_tsvector('english', summary || ' ' || audience), 'D')
    ) stored not null,
    constraint pk_courses primary key (id),
    constraint ck_courses_length check (length in ('HalfDay', 'FullDay')),
    constraint fk_courses_programme_id foreign key (programme_id) references programmes (id) on delete restrict
);
create index ix_courses_programme_id on courses (programme_id);
create index ix_courses_search_vector on courses using gin (search_vector);
create unique index ux_courses_slug on courses (slug);

create table course_titles (
    id uuid not null,
    course_id uuid not null,
    title text not null,
    title_key text not null,
    constraint pk_course_titles primary key (id),
    constraint fk_course_titles_course_id foreign key (course_id) references courses (id) on delete restrict
);
create index ix_course_titles_course_id on course_titles (course_id);
create unique index ux_course_titles_title_key on course_titles (title_key);

create table course_fees (
    id uuid not null,
    course_id uuid not null,
    starts_on date not null,
    price_pence integer not null,
    constraint pk_course_fees primary key (id),
    constraint ck_course_fees_price check (price_pence >= 0),
    constraint fk_course_fees_course_id foreign key (course_id) references courses (id) on delete restrict
);
create unique index ux_course_fees_course_id_starts_on on course_fees (course_id, starts_on);

create table course_runs (
    id uuid not null,
    reference varchar(40) not null,
    course_id uuid not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    runs_on date not null,
    slot text not null,
    capacity integer not null,
    places_taken integer not null,
    delivery text not null,
    venue_id uuid,
    area_id uuid,
    provider_id uuid,
    fee_pence integer,
    state text not null,
    cancelled_at timestamptz,
    change_number integer not null,
    constraint pk_course_runs primary key (id),
    constraint ck_course_runs_cancelled check ((state = 'Cancelled') = (cancelled_at is not null)),
    constraint ck_course_runs_capacity check (capacity between 1 and 500),
    constraint ck_course_runs_delivery check (delivery in ('InPerson', 'Online')),
    constraint ck_course_runs_fee check (fee_pence >= 0),
    constraint ck_course_runs_places check (places_taken between 0 and capacity),
    constraint ck_course_runs_slot check (slot in ('Weekday', 'Saturday', 'Twilight')),
    constraint ck_course_runs_state check (state in ('Scheduled', 'Cancelled')),
    constraint ck_course_runs_times check (starts_at < ends_at),
    constraint fk_course_runs_area_id foreign key (area_id) references areas (id) on delete restrict,
    constraint fk_course_runs_course_id foreign key (course_id) references courses (id) on delete restrict,
    constraint fk_course_runs_provider_id foreign key (provider_id) references providers (id) on delete restrict,
    constraint fk_course_runs_venue_id foreign key (venue_id) references venues (id) on delete restrict
);
create index ix_course_runs_area_id on course_runs (area_id);
create index ix_course_runs_course_id_starts_at on course_runs (course_id, starts_at);
create index ix_course_runs_provider_id on course_runs (provider_id);
create index ix_course_runs_runs_on on course_runs (runs_on);
create index ix_course_runs_starts_at on course_runs (starts_at);
create index ix_course_runs_venue_id on course_runs (venue_id);
create unique index ux_course_runs_reference on course_runs (reference);

-- What one place on a date costs: the date's own fee, else the course's fee, else the schedule's for the course's length, each
-- as in force on the day of the date. No row: nothing says.
create view run_prices as
select
    run.id as run_id,
    coalesce(run.fee_pence, own.price_pence, schedule.price_pence) as pence,
    case
        when run.fee_pence is not null then 'Run'
        when own.price_pence is not null then 'Course'
        else 'Schedule'
    end as source,
    course.length,
    case when run.fee_pence is null and own.price_pence is null then schedule.starts_on end as starts_on
from course_runs run
join courses course on course.id = run.course_id
left join lateral (
    select fee.price_pence
    from course_fees fee
    where fee.course_id = run.course_id and fee.starts_on <= run.runs_on
    order by fee.starts_on desc
    limit 1
) own on true
left join lateral (
    select
        case course.length when 'HalfDay' then fees.half_day_pence when 'FullDay' then fees.full_day_pence end as price_pence,
        fees.starts_on
    from fee_schedules fees
    where fees.starts_on <= run.runs_on
    order by fees.starts_on desc
    limit 1
) schedule on true
where coalesce(run.fee_pence, own.price_pence, schedule.price_pence) is not null;

-- Tells every node that a public page may show old places, dates or fees.
create function notify_places_changed() returns trigger language plpgsql as $$
begin
    perform pg_notify('places_changed', '');
    return null;
end
$$;

create trigger course_runs_changed after insert or update or delete on course_runs
    for each statement execute function notify_places_changed();
create trigger courses_changed after insert or update or delete on courses
    for each statement execute function notify_places_changed();
create trigger course_titles_changed after insert or update or delete on course_titles
    for each statement execute function notify_places_changed();
create trigger course_fees_changed after insert or update or delete on course_fees
    for each statement execute function notify_places_changed();
create trigger fee_schedules_changed after insert or update or delete on fee_schedules
    for each statement execute function notify_places_changed();
create trigger programmes_changed after insert or update or delete on programmes
    for each statement execute function notify_places_changed();
create trigger venues_changed after insert or update or delete on venues
    for each statement execute function notify_places_changed();
create trigger providers_changed after insert or update or delete on providers
    for each statement execute function notify_places_changed();
