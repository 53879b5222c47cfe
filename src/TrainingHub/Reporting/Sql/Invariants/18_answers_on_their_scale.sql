-- Every answer lies on the scale of its question, and its toolkits exist
select r.id::text
from survey_responses r
join scale_options c on c.id = r.confidence_id
join scale_options k on k.id = r.knowledge_id
where c.question_key <> 'confidence' or k.question_key <> 'knowledge'
    or exists (select from unnest(r.toolkit_ids) as t(id) where not exists (select from toolkits where toolkits.id = t.id))
