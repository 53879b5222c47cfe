-- A date may have several meetings, and a register may be taken at each.

-- Null is one meeting, from starts_at to ends_at. A multirange keeps its parts in order and apart.
alter table course_runs add column meetings tstzmultirange;
alter table course_runs add constraint ck_course_runs_meetings check (lower(meetings) = starts_at and upper(meetings) = ends_at);

create trigger meetings_changed after update of meetings on course_runs
    for each statement execute function notify_catalogue_changed();

-- What the register of one meeting says of a place. Only dates of several meetings have such marks; what all of them come to stands in
-- attendance_marks, from which everything is counted.
create table meeting_marks (
    place_id uuid not null,
    meeting smallint not null,
    mark text not null,
    marked_at timestamptz not null,
    marked_by_id uuid not null,
    constraint pk_meeting_marks primary key (place_id, meeting),
    constraint ck_meeting_marks_meeting check (meeting between 1 and 8),
    constraint ck_meeting_marks_mark check (mark in ('Attended', 'Part', 'Absent')),
    constraint fk_meeting_marks_place_id foreign key (place_id) references places (id) on delete restrict,
    constraint fk_meeting_marks_marked_by_id foreign key (marked_by_id) references staff_users (id) on delete restrict
);
create index ix_meeting_marks_marked_by_id on meeting_marks (marked_by_id);
