-- Every linked answer belongs to an answered invitation
select id::text
from wrong_links(@now)
where fault = 'not answered'
