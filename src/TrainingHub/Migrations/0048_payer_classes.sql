-- Who pays which fee. The first class is everybody's and cannot be taken away; each other one is that of some sectors and areas.
create table payer_classes (
    id uuid not null,
    name varchar(60) not null,
    words varchar(100) not null,
    sort_order integer not null,
    sector_ids uuid[] not null,
    area_ids uuid[] not null,
    archived_at timestamptz,
    version integer not null default 0,
    constraint pk_payer_classes primary key (id),
    constraint ck_payer_classes_everybody check (
        sort_order > 0 or (sort_order = 0 and archived_at is null and cardinality(sector_ids) = 0 and cardinality(area_ids) = 0))
);
create unique index ux_payer_classes_name on payer_classes (name);

insert into payer_classes (id, name, words, sort_order, sector_ids, area_ids)
values (gen_random_uuid(), 'Standard', '', 0, '{}', '{}');

-- What a class pays instead of the fees of the schedule, which are everybody's.
create table class_fees (
    fee_schedule_id uuid not null,
    payer_class_id uuid not null,
    half_day_pence integer not null,
    full_day_pence integer not null,
    constraint pk_class_fees primary key (fee_schedule_id, payer_class_id),
    constraint ck_class_fees_fees check (half_day_pence >= 0 and full_day_pence >= 0),
    constraint fk_class_fees_fee_schedule_id foreign key (fee_schedule_id) references fee_schedules (id) on delete restrict,
    constraint fk_class_fees_payer_class_id foreign key (payer_class_id) references payer_classes (id) on delete restrict
);
create index ix_class_fees_payer_class_id on class_fees (payer_class_id);

-- The class of somebody who works there: the last in the order that is theirs.
create function payer_class_of(sector uuid, area uuid) returns uuid language sql stable as $$
    select id
    from payer_classes
    where archived_at is null
      and (sort_order = 0 or sector = any(sector_ids) or area = any(area_ids))
    order by sort_order desc, id desc
    limit 1
$$;

-- As before, and beside everybody's price what other classes pay, where the schedule says the price and they pay something else.
create or replace view run_prices as
select
    run.id as run_id,
    coalesce(run.fee_pence, own.price_pence, schedule.price_pence) as pence,
    case
        when run.fee_pence is not null then 'Run'
        when own.price_pence is not null then 'Course'
        else 'Schedule'
    end as source,
    course.length,
    case when run.fee_pence is null and own.price_pence is null then schedule.starts_on end as starts_on,
    case when run.fee_pence is null and own.price_pence is null then (
        select jsonb_agg(
            jsonb_build_object('payer_class_id', class.id, 'words', class.words, 'pence', other.pence)
            order by class.sort_order, class.id)
        from class_fees fee
        join payer_classes class on class.id = fee.payer_class_id
        cross join lateral (
            select case course.length when 'HalfDay' then fee.half_day_pence when 'FullDay' then fee.full_day_pence end as pence
        ) other
        where fee.fee_schedule_id = schedule.id and class.archived_at is null and other.pence <> schedule.price_pence
    ) end as class_prices
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
        fees.starts_on,
        fees.id
    from fee_schedules fees
    where fees.starts_on <= run.runs_on
    order by fees.starts_on desc
    limit 1
) schedule on true
where coalesce(run.fee_pence, own.price_pence, schedule.price_pence) is not null;

create trigger payer_classes_changed after insert or update or delete on payer_classes
    for each statement execute function notify_catalogue_changed();
create trigger class_fees_changed after insert or update or delete on class_fees
    for each statement execute function notify_catalogue_changed();
