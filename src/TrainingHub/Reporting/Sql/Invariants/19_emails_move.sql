-- No email has been in the sender's hands for more than an hour
select id::text, state
from outgoing_emails
where state = 'Sending' and lease_until < @now - interval '1 hour'
