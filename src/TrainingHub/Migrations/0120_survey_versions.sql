-- Questions are data: a survey has versions, a version its questions, a question its options. Once published a version is never
-- changed, so that an answer can be read for ever as it was asked for. A node of the older version may run beside this file: it reads
-- its own tables, which 0121 drops.

create table surveys (
    id uuid not null,
    key varchar(40) not null,
    title varchar(100) not null,
    moment text not null,
    constraint pk_surveys primary key (id),
    constraint ck_surveys_moment check (moment in ('Before', 'End', 'ThreeMonths', 'Manager', 'Event', 'Module'))
);
create unique index ux_surveys_key on surveys (key);

create table survey_versions (
    id uuid not null,
    survey_id uuid not null,
    number integer not null,
    state text not null,
    published_at timestamptz,
    revision integer not null default 0,
    -- Who published it is in the history: answers lead to nobody, not to staff either.
    constraint pk_survey_versions primary key (id),
    constraint ck_survey_versions_published check ((published_at is null) = (state = 'Draft')),
    constraint ck_survey_versions_state check (state in ('Draft', 'Published', 'Retired')),
    constraint fk_survey_versions_survey_id foreign key (survey_id) references surveys (id) on delete restrict
);
create unique index ux_survey_versions_survey_id_number on survey_versions (survey_id, number);
-- One that is asked now, and one that is being written.
create unique index ux_survey_versions_survey_id_state on survey_versions (survey_id, state) where state <> 'Retired';

create table survey_questions (
    version_id uuid not null,
    key varchar(40) not null,
    position integer not null,
    kind text not null,
    level text not null,
    wording varchar(300) not null,
    short_wording varchar(100) not null,
    hint varchar(300),
    missing_words varchar(200),
    text_prompt varchar(300),
    is_required boolean not null,
    offers_toolkits boolean not null,
    is_comparable boolean not null,
    constraint pk_survey_questions primary key (version_id, key),
    constraint ck_survey_questions_key check (key ~ '^[a-z][a-z0-9_]*$' and key !~ '_example$'),
    constraint ck_survey_questions_kind check (kind in ('Scale', 'YesNo', 'Number', 'Several', 'One', 'Text')),
    constraint ck_survey_questions_level check (level in ('Reaction', 'Learning', 'Behaviour', 'Results')),
    constraint ck_survey_questions_missing_words check (missing_words is not null or not is_required),
    constraint ck_survey_questions_text_prompt check (text_prompt is null or kind <> 'Text'),
    constraint ck_survey_questions_toolkits check (kind = 'Several' or not offers_toolkits),
    constraint fk_survey_questions_version_id foreign key (version_id) references survey_versions (id) on delete restrict
);

-- An option that is asked again in a later version keeps its id: what was answered then and now adds up.
create table survey_options (
    version_id uuid not null,
    id uuid not null,
    question_key varchar(40) not null,
    position integer not null,
    label varchar(100) not null,
    is_exclusive boolean not null,
    constraint pk_survey_options primary key (version_id, id),
    constraint fk_survey_options_version_id_question_key foreign key (version_id, question_key) references survey_questions (version_id, key) on delete restrict
);
create unique index ux_survey_options_version_id_question_key_label on survey_options (version_id, question_key, label);
create unique index ux_survey_options_version_id_question_key on survey_options (version_id, question_key) where is_exclusive;

-- What can be chosen. A toolkit is an option of each question that offers toolkits, under its own id and name: staff keep one list.
create view version_options as
select option.version_id, option.question_key, option.id as option_id, option.position, option.label, option.is_exclusive,
    null::uuid as area_id, false as is_toolkit, false as is_archived
from survey_options option
union all
select question.version_id, question.key, toolkit.id, toolkit.sort_order, toolkit.name, false, toolkit.area_id, true, toolkit.archived_at is not null
from survey_questions question
join toolkits toolkit on question.offers_toolkits;

create function refuse_published_change() returns trigger language plpgsql as $$
begin
    -- Waits for whoever publishes it, and lets nobody publish before this change is done.
    perform from survey_versions where id = case when tg_op = 'INSERT' then new.version_id else old.version_id end and state = 'Draft' for share;
    if not found or (tg_op = 'UPDATE' and new.version_id <> old.version_id) then
        raise exception 'A published version is never changed: %', tg_table_name using errcode = 'restrict_violation';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger survey_questions_never_change before insert or update or delete on survey_questions
    for each row execute function refuse_published_change();
create trigger survey_options_never_change before insert or update or delete on survey_options
    for each row execute function refuse_published_change();

-- A version is published as a whole, then only taken over by the next one.
create function check_version_change() returns trigger language plpgsql as $$
declare
    question record;
begin
    if tg_op = 'DELETE' then
        if old.state <> 'Draft' then
            raise exception 'A published version is never deleted.' using errcode = 'restrict_violation';
        end if;
        return old;
    end if;
    if old.state = 'Draft'
        and (new.state = 'Retired' or (new.id, new.survey_id, new.number) <> (old.id, old.survey_id, old.number))
        or old.state <> 'Draft'
        and (old.state <> 'Published' or new.state <> 'Retired' or to_jsonb(new) - 'state' <> to_jsonb(old) - 'state')
    then
        raise exception 'A published version is never changed.' using errcode = 'restrict_violation';
    end if;
    if old.state = 'Draft' and new.state = 'Published' then
        if not exists (select from survey_questions where version_id = new.id) then
            raise exception 'A version without a question cannot be published.' using errcode = 'check_violation', constraint = 'ck_survey_versions_complete';
        end if;
        for question in
            select asked.key, asked.kind, asked.offers_toolkits, asked.is_comparable,
                (select count(*) from survey_options where version_id = asked.version_id and question_key = asked.key) as options,
                (select earlier.kind
                    from survey_questions earlier
                    join survey_versions version on version.id = earlier.version_id
                    where version.survey_id = new.survey_id and version.number < new.number and earlier.key = asked.key
                    order by version.number desc
                    limit 1) as former_kind
            from survey_questions asked
            where asked.version_id = new.id
        loop
            if question.options < (case when question.kind = 'Text' or question.offers_toolkits then 0 else 2 end)
                or question.options > (case question.kind when 'Text' then 0 when 'YesNo' then 2 else 1000 end)
            then
                raise exception 'The options of % do not fit its kind.', question.key
                    using errcode = 'check_violation', constraint = 'ck_survey_versions_complete';
            end if;
            if question.is_comparable and question.former_kind <> question.kind then
                raise exception 'Answers to % cannot be compared with those of another kind.', question.key
                    using errcode = 'check_violation', constraint = 'ck_survey_versions_comparable';
            end if;
        end loop;
    end if;
    return new;
end
$$;
create trigger survey_versions_never_change before update or delete on survey_versions
    for each row execute function check_version_change();

-- The survey that has been asked so far is the first version of the first survey. A new database gets it with its lists.
insert into surveys (id, key, title, moment)
select gen_random_uuid(), 'three-months', 'Three months later', 'ThreeMonths'
where exists (select from questions);

insert into survey_versions (id, survey_id, number, state)
select gen_random_uuid(), id, 1, 'Draft'
from surveys;

insert into survey_questions (
    version_id, key, position, kind, level, wording, short_wording, hint, missing_words, text_prompt, is_required, offers_toolkits, is_comparable)
select version.id, question.key, question.position, case question.kind when 'Toolkits' then 'Several' else question.kind end,
    known.level, question.wording, known.short_wording, known.hint, known.missing_words, question.example_prompt, true, question.kind = 'Toolkits', true
from survey_versions version
cross join questions question
join (values
    ('confidence', 'Learning', 'How confident are you in applying what you learnt?', null, 'Select how confident you are'),
    ('knowledge', 'Learning', 'How would you rate your knowledge?', null, 'Select how you rate your knowledge'),
    ('changed_practice', 'Behaviour', 'Have you changed your practice?', null, 'Select yes if you have applied changes in practice'),
    ('impacted_families', 'Results', 'Has it helped children or families?', null, 'Select yes if your learning has impacted children, young people or families'),
    ('toolkits', 'Behaviour', 'Which toolkits do you use?', 'Select each toolkit that you use, or select “None”.', 'Select each toolkit that you use, or select “None”'),
    ('recommend', 'Reaction', 'Would you recommend this course?', null, 'Select yes if you would recommend this course')
) as known (key, level, short_wording, hint, missing_words) on known.key = question.key;

-- Points of scales keep their ids.
insert into survey_options (version_id, id, question_key, position, label, is_exclusive)
select version.id, scale.id, scale.question_key, scale.position, scale.label, false
from survey_versions version
cross join scale_options scale
union all
select version.id, gen_random_uuid(), question.key, answer.position, answer.label, question.offers_toolkits
from survey_versions version
join survey_questions question on question.version_id = version.id
join (values ('YesNo', 1, 'Yes'), ('YesNo', 2, 'No'), ('Several', 1, 'None')) as answer (kind, position, label) on answer.kind = question.kind;

-- When it was first asked is not known; it is before every invitation.
update survey_versions
set state = 'Published', published_at = coalesce((select min(created_at) from survey_invitations), now());
