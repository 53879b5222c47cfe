-- What visitors type and what they mean by it, as staff keep it. A meaning leads to courses, the first one first, or says a sentence where
-- no course answers.
create table search_meanings (
    id uuid not null,
    name varchar(120) not null,
    typed text[] not null,
    courses uuid[] not null,
    says varchar(300),
    link_words varchar(80),
    link_address varchar(500),
    archived_at timestamptz,
    version integer not null default 0,
    constraint pk_search_meanings primary key (id),
    constraint ck_search_meanings_typed check (cardinality(typed) between 1 and 60 and array_position(typed, null) is null),
    constraint ck_search_meanings_answer check (cardinality(courses) > 0 or says is not null),
    constraint ck_search_meanings_link check ((link_words is null) = (link_address is null))
);
create unique index ux_search_meanings_name on search_meanings (name);

create trigger tg_search_meanings_changed after insert or update or delete on search_meanings
    for each statement execute function notify_catalogue_changed();

-- Visitors look for a town. Until somebody says otherwise it is the end of the address, where the form asks for it.
alter table venues add column town varchar(60);
update venues set town = nullif(left(trim(split_part(address, ',', -1)), 60), '') where address like '%,%';
