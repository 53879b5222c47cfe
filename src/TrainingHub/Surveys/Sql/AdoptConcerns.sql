-- Texts that an older build has marked as a concern, which made no row of its own.
insert into concerns (id, reference, comment_id, kind, state, raised_at, raised_by_id, held_response_id)
select gen_random_uuid(), upper(left(replace(comment.id::text, '-', ''), 8)), comment.id, 'AtRisk', 'Raised', comment.read_at, comment.read_by_id, comment.response_id
from survey_comments comment
where comment.state = 'Concern' and comment.closed_at is null and comment.read_by_id is not null
and not exists (select from concerns concern where concern.comment_id = comment.id and concern.state <> 'Withdrawn')
on conflict do nothing
returning *
