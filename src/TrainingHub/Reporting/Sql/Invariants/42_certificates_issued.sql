-- Who attended all of a course has a certificate, or had one that staff withdrew, a month after it
-- Warning: the settings may issue none by themselves, and a register may have been put right late
select earned.place_id::text, earned.last_day
from earned_certificates earned
where not earned.is_part
and earned.ends_at between @now - interval '89 days' and @now - interval '32 days'
and not exists (
    select from certificates certificate
    where certificate.place_id = earned.place_id and certificate.state in ('Issued', 'Withdrawn'))
