-- What a delegate was told before the course, once for each thing and each state of it: whoever has the place now, and as it is now.
create table place_notices (
    place_id uuid not null,
    person_id uuid not null,
    kind text not null,
    version text not null,
    sent_at timestamptz not null,
    constraint pk_place_notices primary key (place_id, person_id, kind, version),
    constraint fk_place_notices_place_id foreign key (place_id) references places (id) on delete restrict,
    constraint ck_place_notices_kind check (kind in ('Reminder', 'JoiningLink', 'OnTheDay'))
);
