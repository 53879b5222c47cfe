-- 100,000 answers in one financial year that has no others, over all courses, areas, sectors and answers.
insert into survey_responses (
    id, course_id, area_id, sector_id, submitted_on, confidence_id, knowledge_id, changed_practice, impacted_families, recommend,
    uses_toolkits, toolkit_ids, origin)
select
    gen_random_uuid(),
    courses.ids[1 + number % cardinality(courses.ids)],
    areas.ids[1 + number % cardinality(areas.ids)],
    sectors.ids[1 + (number / 3) % cardinality(sectors.ids)],
    date '2031-04-01' + number % 365,
    confidence.ids[1 + (number / 5) % cardinality(confidence.ids)],
    knowledge.ids[1 + (number / 7) % cardinality(knowledge.ids)],
    number % 4 > 0,
    number % 3 > 0,
    number % 20 > 0,
    number % 5 > 0,
    case when number % 5 > 0
        then toolkits.ids[1 + number % cardinality(toolkits.ids) : 1 + number % cardinality(toolkits.ids) + number % 3]
        else '{}'
    end,
    'Import'
from generate_series(1, 100000) as number
cross join (select array_agg(id) as ids from courses) courses
cross join (select array_agg(id) as ids from areas) areas
cross join (select array_agg(id) as ids from sectors) sectors
cross join (select array_agg(id) as ids from scale_options where question_key = 'confidence') confidence
cross join (select array_agg(id) as ids from scale_options where question_key = 'knowledge') knowledge
cross join (select array_agg(id) as ids from toolkits) toolkits;
