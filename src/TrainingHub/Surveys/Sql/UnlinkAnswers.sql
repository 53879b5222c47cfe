-- Writes the given answers anew, in random order, all in one transaction: ids, the order of rows and the transaction that wrote
-- them (xmin) lead nowhere. What a group withholds comes as null; it is counted in withheld_answers first.
with given as (
    select *
    from unnest(@ids::uuid[], @area_ids::uuid[], @course_ids::uuid[], @sector_ids::uuid[], @submitted_on::date[], @submitted_within::text[])
        as given (id, area_id, course_id, sector_id, submitted_on, submitted_within)
),
comment as (
    delete from survey_comments
    using given
    where survey_comments.response_id = given.id
    returning survey_comments.*, given.course_id as known_course_id
),
-- With the hour at which a comment was read or a concern closed, these would tell of it what is forgotten here.
undo as (
    delete from undoable_acts
    using comment
    where undoable_acts.subject_id = comment.id
),
again as (
    insert into survey_comments (
        id, response_id, course_id, version_id, question_key, text, state, read_at, read_by_id, closed_at, closed_by_id, outcome,
        may_be_passed_on, trainer_run_id, created_at)
    select
        id, null, known_course_id, version_id, question_key, text, state,
        date_trunc('month', read_at, 'Europe/London'), read_by_id, date_trunc('month', closed_at, 'Europe/London'), closed_by_id, outcome,
        may_be_passed_on, trainer_run_id, date_trunc('month', created_at, 'Europe/London')
    from comment
    order by random()
),
import as (
    delete from imported_answers
    using given
    where imported_answers.response_id = given.id
    returning response_id, coalesce(known_until - @known_for, @now) as imported_at
),
answer as (
    delete from survey_responses
    using given
    where survey_responses.id = given.id
    returning
        survey_responses.*, given.area_id as known_area_id, given.course_id as known_course_id, given.sector_id as known_sector_id,
        given.submitted_on as known_on, given.submitted_within as known_within
),
run as (
    insert into unlinked_imports (run_id, imported_on)
    select run_id, max(imported_at at time zone 'Europe/London')::date
    from answer
    join import on import.response_id = answer.id
    where run_id is not null
    group by run_id
    on conflict (run_id) do update set imported_on = greatest(unlinked_imports.imported_on, excluded.imported_on)
),
withheld as (
    insert into withheld_answers (id, survey_id, area_id, submitted_on, submitted_within, course_id, sector_id, count)
    select gen_random_uuid(), version.survey_id, known_area_id, known_on, known_within, course_id, null::uuid, count(*)
    from answer
    join survey_versions version on version.id = answer.version_id
    where known_course_id is null
    group by version.survey_id, known_area_id, known_on, known_within, course_id
    union all
    select gen_random_uuid(), version.survey_id, known_area_id, known_on, known_within, null, sector_id, count(*)
    from answer
    join survey_versions version on version.id = answer.version_id
    where known_sector_id is null and sector_id is not null
    group by version.survey_id, known_area_id, known_on, known_within, sector_id
    on conflict (survey_id, area_id, submitted_on, submitted_within, course_id, sector_id)
        do update set count = withheld_answers.count + excluded.count
)
insert into survey_responses (
    id, course_id, area_id, sector_id, submitted_on, submitted_within, version_id, option_ids, origin)
select
    gen_random_uuid(), known_course_id, known_area_id, known_sector_id, known_on, known_within, version_id,
    array(select chosen from unnest(option_ids) as chosen order by chosen), origin
from answer
order by random()
