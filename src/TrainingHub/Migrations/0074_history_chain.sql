-- What a member of staff is called stands in one place, where it ends when they are forgotten; history keeps their id. What acted where
-- nobody was signed in keeps its name here.
alter table history_entries disable trigger tr_history_entries_only_added;
update history_entries
set actor = ''
where actor_id <> '00000000-0000-0000-0000-000000000000' and actor <> '';
update history_entries
set changes = (
    select jsonb_agg(
        change || jsonb_build_object(
            'Before', case when change ->> 'Before' is not null then 'known' end,
            'After', case when change ->> 'After' is null then null when change ->> 'Before' is null then 'known' else 'another' end)
        order by position)
    from jsonb_array_elements(changes) with ordinality as listed (change, position)
)
where record_type = 'StaffUser' and changes <> '[]';
alter table history_entries enable trigger tr_history_entries_only_added;

create function keep_no_name_in_history() returns trigger language plpgsql as $$
begin
    new.actor := '';
    return new;
end
$$;
create trigger tr_history_entries_keep_no_name before insert on history_entries
    for each row when (new.actor_id <> '00000000-0000-0000-0000-000000000000') execute function keep_no_name_in_history();

create view history as
select entry.id, entry.at, entry.actor_id,
    coalesce(nullif(entry.actor, ''), staff.name, 'Former member of staff') as actor,
    entry.record_type, entry.record_id, entry.act, entry.note, entry.changes
from history_entries entry
left join staff_users staff on staff.id = entry.actor_id;

-- The chain. An entry waits from its own transaction on and is linked a little later, so that writers never wait for one another. Each
-- link has a number, with no gap, and a hash over the hash before it and everything that the entry says.
create table history_links (
    number bigint not null,
    entry_id uuid not null,
    hash bytea not null,
    constraint pk_history_links primary key (number)
);
create unique index ux_history_links_entry_id on history_links (entry_id);
create trigger tr_history_links_only_added before update or delete on history_links
    for each row execute function refuse_change_of_history();
create trigger tr_history_links_never_emptied before truncate on history_links
    for each statement execute function refuse_change_of_history();

-- Where the chain ends: one row.
create table history_heads (
    id boolean not null default true,
    number bigint not null,
    hash bytea not null,
    constraint pk_history_heads primary key (id),
    constraint ck_history_heads_one check (id)
);
insert into history_heads (number, hash) values (0, sha256(''));

create table history_waiting (
    entry_id uuid not null,
    since timestamptz not null default clock_timestamp(),
    constraint pk_history_waiting primary key (entry_id)
);

-- By the owner's rights: whoever writes history may neither take an entry out of the queue nor write a link.
create function await_link_of_history() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    insert into history_waiting (entry_id) select id from added;
    return null;
end
$$;
create trigger tr_history_entries_await_link after insert on history_entries
    referencing new table as added for each statement execute function await_link_of_history();

-- A JSON array, which leaves nothing open about where one value ends and the next begins. The instant is in microseconds since 1970.
create function form_of_history(number bigint, entry history_entries) returns text language sql stable as $$
    select jsonb_build_array(
        number, entry.id, (extract(epoch from entry.at) * 1000000)::bigint, entry.actor_id, entry.actor, entry.record_type, entry.record_id,
        entry.act, entry.note, entry.changes)::text
$$;

-- Links what waits, at most so many, and says how many it were. The head is locked: one at a time.
create function link_history(most integer) returns integer language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    head history_heads;
    entry history_entries;
    linked integer := 0;
begin
    select * into head from history_heads for update;
    for entry in
        select history_entries.*
        from history_waiting
        join history_entries on history_entries.id = entry_id
        order by at, history_entries.id
        limit most
    loop
        head.number := head.number + 1;
        head.hash := sha256(head.hash || convert_to(form_of_history(head.number, entry), 'UTF8'));
        insert into history_links (number, entry_id, hash) values (head.number, entry.id, head.hash);
        delete from history_waiting where entry_id = entry.id;
        linked := linked + 1;
    end loop;

    update history_heads set number = head.number, hash = head.hash where linked > 0;
    return linked;
end
$$;

insert into history_waiting (entry_id) select id from history_entries;
select link_history(null);
