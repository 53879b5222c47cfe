-- A text with a concern has one that somebody raised, its answer and its place are held, and nothing of it is quoted
select comment.id::text as id, 'no concern' as fault
from survey_comments comment
where comment.state = 'Concern' and not exists (select from concerns concern where concern.comment_id = comment.id and concern.state <> 'Withdrawn')
union all
select concern.id::text, 'text is not marked'
from concerns concern
join survey_comments comment on comment.id = concern.comment_id
where concern.state <> 'Withdrawn' and comment.state <> 'Concern'
union all
select held.concern_id::text, 'answer is not held'
from held_comments held
join survey_comments comment on comment.id = held.comment_id
where comment.response_id is distinct from held.response_id
union all
select id::text, fault
from wrong_links(@now)
where fault in ('place is not held', 'held for nothing')
union all
select quote.id::text, 'quote of a concern'
from survey_quotes quote
join concerns concern on concern.comment_id = quote.comment_id and concern.state <> 'Withdrawn'
where quote.state <> 'Withdrawn'
