-- A place has one certificate in force at the most, and nobody's name stands on one whose person is not held
select place_id::text, count(*)
from certificates
where state = 'Issued'
group by place_id
having count(*) > 1
union all
select certificate.place_id::text, 1
from certificates certificate
join places place on place.id = certificate.place_id
where place.person_id is null and certificate.person_name is not null and certificate.issued_at < @now - interval '15 minutes'
