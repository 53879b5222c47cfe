-- Of a concern that nobody has acknowledged somebody is told within ten minutes of the time, and an identity was agreed to by two people
select alert.id::text as id, 'nobody was told' as fault
from concern_alerts alert
join concerns concern on concern.id = alert.concern_id
where alert.state = 'Due' and concern.state = 'Raised' and alert.due_at < @now - interval '10 minutes'
union all
select concern.id::text, 'nobody will be told'
from concerns concern
where concern.state = 'Raised' and exists (select from concern_alerts alert where alert.concern_id = concern.id)
and not exists (select from concern_alerts alert where alert.concern_id = concern.id and (alert.state = 'Due' or alert.step = 'OnCall'))
union all
select view.id::text, 'looked without a second person'
from identity_views view
join identity_requests request on request.id = view.request_id
where request.is_approved is not true or view.seen_at >= request.shown_until or view.seen_at < request.decided_at
