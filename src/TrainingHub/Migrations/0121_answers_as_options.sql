-- Answers by what was chosen, in place of a column for each question. While this is applied nobody answers: it locks the answers until
-- it is done, and all of it or nothing stays. A node of the older version that runs on after it can neither show the survey and its
-- reports nor take or import answers, and sends no invitation: each of its statements names what is gone and fails as a whole. What a
-- delegate sends to it meanwhile is refused and can be sent again; invitations wait for the new version.

lock table survey_responses, survey_comments, survey_invitations, withheld_answers in share row exclusive mode;

-- Every option that was chosen, of whichever question. Measured with 100,000 answers: a row for each would take nearly twice as long to
-- count as the columns did, equal sets of options half as long (decision 120).
alter table survey_responses
    add column version_id uuid,
    add column option_ids uuid[];

-- The last word on answers: each option is one of the version's, given once, alone if it is meant to be alone or the question takes one.
create function check_answers() returns trigger language plpgsql as $$
begin
    if exists (
        select
        from changed response
        cross join unnest(response.option_ids) as chosen (id)
        left join version_options offered on offered.version_id = response.version_id and offered.option_id = chosen.id
        left join survey_questions question on question.version_id = offered.version_id and question.key = offered.question_key
        group by response.id, question.key
        having question.key is null
            or count(distinct chosen.id) < count(*)
            or count(*) > 1 and (bool_or(offered.is_exclusive) or min(question.kind) <> 'Several'))
    then
        raise exception 'An answer is not one that its version offers.'
            using errcode = 'check_violation', constraint = 'ck_survey_responses_option_ids', table = 'survey_responses';
    end if;
    return null;
end
$$;
create trigger new_responses_are_offered after insert on survey_responses
    referencing new table as changed for each statement execute function check_answers();
create trigger changed_responses_are_offered after update on survey_responses
    referencing new table as changed for each statement execute function check_answers();

with option as (
    select version.id as version_id, option.question_key, option.label, option.id
    from survey_versions version
    join survey_options option on option.version_id = version.id
)
update survey_responses response
set version_id = version.id,
    option_ids = array[
            response.confidence_id,
            response.knowledge_id,
            (select id from option where question_key = 'changed_practice' and label = case when response.changed_practice then 'Yes' else 'No' end),
            (select id from option where question_key = 'impacted_families' and label = case when response.impacted_families then 'Yes' else 'No' end)]
        || case when response.uses_toolkits is false then array[(select id from option where question_key = 'toolkits')] else response.toolkit_ids end
        || (select id from option where question_key = 'recommend' and label = case when response.recommend then 'Yes' else 'No' end)
from survey_versions version;

alter table survey_responses
    alter column version_id set not null,
    alter column option_ids set not null,
    add constraint ck_survey_responses_options check (array_position(option_ids, null) is null),
    add constraint fk_survey_responses_version_id foreign key (version_id) references survey_versions (id) on delete restrict,
    drop column confidence_id,
    drop column knowledge_id,
    drop column changed_practice,
    drop column impacted_families,
    drop column recommend,
    drop column uses_toolkits,
    drop column toolkit_ids;
create index ix_survey_responses_version_id on survey_responses (version_id);

-- The answers as rows, for whoever reads them one by one.
create view survey_answers as
select response.id as response_id, response.version_id, offered.question_key, offered.option_id, offered.position, offered.label
from survey_responses response
cross join unnest(response.option_ids) as chosen (id)
join version_options offered on offered.version_id = response.version_id and offered.option_id = chosen.id;

alter table survey_comments add column version_id uuid;
update survey_comments set version_id = version.id from survey_versions version;
alter table survey_comments
    alter column version_id set not null,
    alter column question_key type varchar(40),
    drop constraint fk_survey_comments_question_key,
    add constraint fk_survey_comments_version_id_question_key foreign key (version_id, question_key) references survey_questions (version_id, key) on delete restrict;
drop index ix_survey_comments_question_key;
create index ix_survey_comments_version_id_question_key on survey_comments (version_id, question_key);

-- What was sent is answered as it was sent, whatever is published later.
alter table survey_invitations add column version_id uuid;
update survey_invitations set version_id = version.id from survey_versions version where sent_at is not null;
alter table survey_invitations
    add constraint ck_survey_invitations_version check ((sent_at is null) = (version_id is null)),
    add constraint fk_survey_invitations_version_id foreign key (version_id) references survey_versions (id) on delete restrict;
create index ix_survey_invitations_version_id on survey_invitations (version_id);

alter table withheld_answers add column survey_id uuid;
update withheld_answers set survey_id = survey.id from surveys survey;
drop index ux_withheld_answers_area_id_submitted_on_submitted_within_cours;
alter table withheld_answers
    alter column survey_id set not null,
    add constraint fk_withheld_answers_survey_id foreign key (survey_id) references surveys (id) on delete restrict;
create unique index ux_withheld_answers_survey_id_area_id_submitted_on_submitted_wi
    on withheld_answers (survey_id, area_id, submitted_on, submitted_within, course_id, sector_id) nulls not distinct;
create index ix_withheld_answers_area_id on withheld_answers (area_id);

drop table scale_options;
drop table questions;
