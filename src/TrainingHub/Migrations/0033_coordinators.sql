-- Who reads survey comments, which may be about a child at risk. The oldest open account is the one that was made first of all, to run
-- the programme; it names others.
alter table staff_users add column is_coordinator boolean not null default false;

update staff_users
set is_coordinator = true
where id = (
    select id
    from staff_users
    where closed_at is null
    order by created_at, id
    limit 1
);

-- A name without what does not tell two people apart, by the rule of PersonKey: for finding people however they are spelled.
create function name_key(name text) returns text language sql immutable parallel safe as $$
    select coalesce(nullif(regexp_replace(
        replace(replace(replace(replace(
            translate(lower(normalize(name, nfkd)), 'ŁłØøĐđÐðĦħıςÆŒÞ', 'llooddddhhiσæœþ'),
            'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
        U&'[ \0009-\000D\0085\1680\2028\2029\180E\200B-\200F\202A-\202E\2060-\2064\2066-\2069\FEFF''`\2018-\201B\02B9-\02BD\02C8\2032\2035\A78C\055A\05F3\00AD\058A\05BE\2010-\2015\2043\2212.,\0300-\036F-]',
        '', 'g'), ''), name)
$$;
