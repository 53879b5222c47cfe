-- Answers about a date that came by the code in the room and named nobody. They have neither area nor sector, and never a link.
alter table survey_responses
    drop constraint ck_survey_responses_origin,
    add constraint ck_survey_responses_origin check (origin in ('Survey', 'Import', 'Published', 'Invented', 'Room'));
