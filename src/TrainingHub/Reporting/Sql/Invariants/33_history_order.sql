-- Entries of history stand in the order of their times, give or take a day
-- Warning: the clock of the server may have been wrong, or somebody wrote an entry for an earlier day.
select 'entry ' || number || ' of ' || to_char(at at time zone 'utc', 'YYYY-MM-DD HH24:MI') || ' UTC'
from (
    select link.number, entry.at, max(entry.at) over (order by link.number rows between unbounded preceding and 1 preceding) as latest
    from history_links link
    join history_entries entry on entry.id = link.entry_id
) chain
where at < latest - interval '1 day'
order by number
