-- What a certificate of a place says today, of every place that has earned one: a named person, and a register that counts the attendance.
-- Whatever else a certificate waits for is a condition here.
create view earned_certificates as
select
    line.place_id,
    line.booking_id,
    line.run_id,
    run.course_id,
    place.person_id,
    place.delegate_name as person_name,
    course.title as course_title,
    course.level,
    course.renewal_months,
    provider.name as provider_name,
    meeting.days,
    meeting.minutes,
    meeting.days[cardinality(meeting.days)] as last_day,
    line.mark = 'Part' as is_part,
    run.ends_at
from register_places line
join places place on place.id = line.place_id
join course_runs run on run.id = line.run_id
join courses course on course.id = run.course_id
left join providers provider on provider.id = run.provider_id
cross join lateral (
    select array_agg((lower(one) at time zone 'Europe/London')::date order by one) as days,
        (sum(extract(epoch from upper(one) - lower(one))) / 60)::int as minutes
    from unnest(coalesce(run.meetings, tstzmultirange(tstzrange(run.starts_at, run.ends_at)))) one
) meeting
where line.attended and place.person_id is not null and place.delegate_name is not null;

-- A certificate as it was issued. A place has one in force at the most.
create table certificates (
    id uuid not null,
    place_id uuid not null,
    course_id uuid not null,
    number varchar(8) not null,
    code varchar(16) not null,
    person_name varchar(100),
    course_title varchar(200) not null,
    level text,
    days date[] not null,
    minutes int not null,
    is_part boolean not null,
    provider_name text,
    partnership_name text not null,
    issued_at timestamptz not null,
    valid_until date,
    state text not null,
    ended_at timestamptz,
    reason varchar(300),
    reminded_at timestamptz,
    constraint pk_certificates primary key (id),
    constraint ck_certificates_state check (state in ('Issued', 'Replaced', 'Withdrawn', 'NotEarned', 'Forgotten')),
    constraint ck_certificates_ended check ((state = 'Issued') = (ended_at is null)),
    constraint ck_certificates_name check (state <> 'Issued' or person_name is not null),
    constraint ck_certificates_reason check (reason is null or state = 'Withdrawn'),
    constraint ck_certificates_days check (cardinality(days) > 0 and minutes > 0),
    constraint fk_certificates_place_id foreign key (place_id) references places (id) on delete restrict,
    constraint fk_certificates_course_id foreign key (course_id) references courses (id) on delete restrict
);
create unique index ux_certificates_in_force on certificates (place_id) where state = 'Issued';
create unique index ux_certificates_number on certificates (number);
create unique index ux_certificates_code on certificates (code);
create index ix_certificates_place_id on certificates (place_id);
create index ix_certificates_course_id on certificates (course_id);
create index ix_certificates_issued_at on certificates (issued_at);
create index ix_certificates_to_renew on certificates (valid_until) where state = 'Issued' and reminded_at is null;

create trigger certificates_never_change before update or delete on certificates
    for each row execute function refuse_issued_change('{state,ended_at,reason,reminded_at}', '{person_name}');
create function refuse_certificate_back() returns trigger language plpgsql as $$
begin
    raise exception 'A certificate that has ended does not come back: %', old.number using errcode = 'restrict_violation';
end
$$;
create trigger certificates_end_once before update on certificates
    for each row when (old.state <> 'Issued' and (new.state, new.ended_at) is distinct from (old.state, old.ended_at))
    execute function refuse_certificate_back();

-- Set when the person asked for no more reminders to renew; other emails still go out.
alter table people add column renewals_stopped_at timestamptz;
