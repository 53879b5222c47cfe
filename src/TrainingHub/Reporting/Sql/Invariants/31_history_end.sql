-- The chain of history ends where it was last said to end: nothing is missing from its end
select 'said: entry ' || head.number || ', there: entry ' || coalesce(last.number, 0)
from history_heads head
full join (select number, hash from history_links order by number desc limit 1) last on true
where head.number is distinct from coalesce(last.number, 0) or head.hash is distinct from coalesce(last.hash, sha256(''))
