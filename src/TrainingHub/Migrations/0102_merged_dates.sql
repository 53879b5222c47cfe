-- When the partnership moved the place to another date together with everybody else on its own. Until that date begins, its booker may cancel
-- it or choose another one at no charge. The older program does not write it.
alter table places add column moved_by_us_at timestamptz;
