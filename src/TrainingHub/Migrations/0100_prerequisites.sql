-- Whether people are asked if they have done the course that is to be taken before, and whether they may book without it. Until staff
-- choose otherwise it is said to visitors and no more, as before.
alter table courses
    add column prerequisite_rule text not null default 'Shown',
    add constraint ck_courses_prerequisite_rule check (prerequisite_rule in ('Shown', 'Asked', 'Required'));

-- What was said of the person who comes; nothing where nobody was asked. The course is kept with it, because another may be asked for later.
alter table places
    add column prerequisite_id uuid constraint fk_places_prerequisite_id references courses (id) on delete restrict,
    add column prerequisite_said text,
    add column prerequisite_detail varchar(120),
    add constraint ck_places_prerequisite_said check (prerequisite_said in ('WithUs', 'Elsewhere', 'BookedBefore', 'NotYet')),
    add constraint ck_places_prerequisite check (
        (prerequisite_id is null) = (prerequisite_said is null)
        and (prerequisite_said is null or not awaits_name)
        and (prerequisite_detail is null or prerequisite_said in ('WithUs', 'Elsewhere')));

create index ix_places_prerequisite_id on places (prerequisite_id) where prerequisite_id is not null;
