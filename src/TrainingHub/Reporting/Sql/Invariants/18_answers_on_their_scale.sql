-- Every answer is one that its version offers, once, alone if it is meant to be alone or the question takes one
select response.id::text
from survey_responses response
cross join unnest(response.option_ids) as chosen (id)
left join version_options offered on offered.version_id = response.version_id and offered.option_id = chosen.id
left join survey_questions question on question.version_id = offered.version_id and question.key = offered.question_key
group by response.id, question.key
having question.key is null
    or count(distinct chosen.id) < count(*)
    or count(*) > 1 and (bool_or(offered.is_exclusive) or min(question.kind) <> 'Several')
