-- No refund has been due for more than a day
select r.id::text, r.state
from refunds r
where r.state = 'Due' and r.created_at < @now - interval '1 day'
