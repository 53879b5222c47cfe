-- Answers of files: who gave one is known by a table of its own, for a time, and a file as a whole for good.
-- survey_responses.import_key let an address find its answer for ever. Old keys go now and none can come back; the column itself
-- goes in a later file, because an older version that still runs names it when an answer is sent.

create table imported_answers (
    response_id uuid not null,
    delegate_key bytea,
    known_until timestamptz,
    constraint pk_imported_answers primary key (response_id),
    constraint ck_imported_answers_end check ((delegate_key is null) = (known_until is null)),
    constraint fk_imported_answers_response_id foreign key (response_id) references survey_responses (id) on delete restrict
);
create unique index ux_imported_answers_delegate_key on imported_answers (delegate_key);
create index ix_imported_answers_known_until on imported_answers (known_until);

create table answer_files (
    hash bytea not null,
    imported_on date not null,
    constraint pk_answer_files primary key (hash)
);

-- Only a row with a date could have a delegate's key.
insert into imported_answers (response_id)
select id
from survey_responses
where import_key is not null and run_id is not null;

drop index ux_survey_responses_import_key;
update survey_responses set import_key = null where import_key is not null;
alter table survey_responses add constraint ck_survey_responses_import_key check (import_key is null);
