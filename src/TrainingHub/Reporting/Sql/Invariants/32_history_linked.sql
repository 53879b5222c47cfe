-- Every entry of history is in the chain, or has waited for that for less than an hour
select 'entry ' || entry.id || ', ' || record_type || ' ' || record_id
from history_entries entry
where not exists (select from history_links where entry_id = entry.id)
and not exists (select from history_waiting where entry_id = entry.id and since > clock_timestamp() - interval '1 hour')
union all
select 'entry ' || entry_id || ' waits and is gone'
from history_waiting
where not exists (select from history_entries where id = entry_id)
