-- The list of all history: by time, of one person, of one kind of record, by words.
create index ix_history_entries_at_id on history_entries (at, id);
create index ix_history_entries_actor_id_at_id on history_entries (actor_id, at, id);
create index ix_history_entries_record_type_at_id on history_entries (record_type, at, id);

create function words_of_history(act text, note text, changes jsonb) returns tsvector language sql immutable as $$
    select to_tsvector('simple', act) || to_tsvector('simple', coalesce(note, '')) || to_tsvector('simple', changes)
$$;
alter table history_entries
    add column searched tsvector generated always as (words_of_history(act, note, changes)) stored;
create index ix_history_entries_searched on history_entries using gin (searched);

create or replace view history as
select entry.id, entry.at, entry.actor_id,
    coalesce(nullif(entry.actor, ''), staff.name, 'Former member of staff') as actor,
    entry.record_type, entry.record_id, entry.act, entry.note, entry.changes, entry.searched
from history_entries entry
left join staff_users staff on staff.id = entry.actor_id;
