-- No certificate is in force without an attendance that the register counts, under another name or for other days than the register has, 15 minutes after it changed
select certificate.number, certificate.state
from certificates certificate
join places place on place.id = certificate.place_id
left join earned_certificates earned on earned.place_id = certificate.place_id
where certificate.state = 'Issued'
and (earned.place_id is null
    or (earned.person_name, earned.days, earned.minutes, earned.is_part)
        is distinct from (certificate.person_name, certificate.days, certificate.minutes, certificate.is_part))
and certificate.issued_at < @now - interval '15 minutes'
