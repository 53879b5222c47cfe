-- A person is an address and a name: nurseries and schools share addresses. The keys of rows that are here are filled by the rule of
-- PersonKey; a test compares the two. An older version cannot add people to this schema: it is stopped before this file is applied.

create function pg_temp.name_key(name text) returns text language sql as $$
    select coalesce(nullif(regexp_replace(
        replace(replace(replace(replace(
            translate(lower(normalize(name, nfkd)), 'ŁłØøĐđÐðĦħıςÆŒÞ', 'llooddddhhiσæœþ'),
            'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
        U&'[ \0009-\000D\0085\1680\2028\2029\180E\200B-\200F\202A-\202E\2060-\2064\2066-\2069\FEFF''`\2018-\201B\02B9-\02BD\02C8\2032\2035\A78C\055A\05F3\00AD\058A\05BE\2010-\2015\2043\2212.,\0300-\036F-]',
        '', 'g'), ''), name)
$$;

alter table people add name_key text;
update people set name_key = pg_temp.name_key(name);
alter table people alter name_key set not null;
drop index ux_people_email_key;
create unique index ux_people_email_key_name_key on people (email_key, name_key);

-- Until now the first name of an address stayed on record for whoever came after. Each name that a place has becomes a person.
create temporary table others on commit drop as
select person.id as first_id, pg_temp.name_key(place.delegate_name) as name_key, min(place.delegate_name) as name, gen_random_uuid() as id
from places place
join people person on person.id = place.person_id
where pg_temp.name_key(place.delegate_name) <> person.name_key
group by person.id, pg_temp.name_key(place.delegate_name);

insert into people (id, email, email_key, name, name_key, created_at, surveys_stopped_at)
select others.id, person.email, person.email_key, others.name, others.name_key, person.created_at, person.surveys_stopped_at
from others
join people person on person.id = others.first_id;

update places
set person_id = others.id
from others
where places.person_id = others.first_id
and pg_temp.name_key(places.delegate_name) = others.name_key;

-- Imported answers: the key of an address becomes the key of the one person who had it on that date. Where several had it nobody can
-- say whose the answer is, and the old key stays.
update imported_answers
set delegate_key = one.new_key
from (
    select
        sha256(convert_to(place.run_id || '|' || person.email_key, 'UTF8')) as old_key,
        min(sha256(convert_to(place.run_id || '|' || person.email_key || '|' || person.name_key, 'UTF8'))::text)::bytea as new_key
    from places place
    join people person on person.id = place.person_id
    where place.state in ('Held', 'Confirmed')
    group by 1
    having count(distinct person.id) = 1
) one
where imported_answers.delegate_key = one.old_key;

alter table waiting_list_entries add name_key text;
update waiting_list_entries set name_key = pg_temp.name_key(name);
alter table waiting_list_entries alter name_key set not null;
drop index ux_waiting_list_entries_run_id_email_key;
create unique index ux_waiting_list_entries_run_id_email_key_name_key on waiting_list_entries (run_id, email_key, name_key)
    where state = 'Waiting';

drop function pg_temp.name_key(text);
