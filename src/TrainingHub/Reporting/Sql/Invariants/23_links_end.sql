-- No link between an answer and who gave it outlives its time by more than a day, unless a concern holds it
select id::text
from wrong_links(@now)
where fault = 'too old'
union all
select response_id::text
from imported_answers
where known_until < @now - interval '1 day'
