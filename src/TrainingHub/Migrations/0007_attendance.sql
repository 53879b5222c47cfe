-- Attendance: the register.

create table attendance_marks (
    place_id uuid not null,
    mark text not null,
    marked_at timestamptz not null,
    marked_by_id uuid,
    constraint pk_attendance_marks primary key (place_id),
    constraint ck_attendance_marks_mark check (mark in ('Attended', 'Part', 'Absent')),
    constraint fk_attendance_marks_marked_by_id foreign key (marked_by_id) references staff_users (id) on delete restrict,
    constraint fk_attendance_marks_place_id foreign key (place_id) references places (id) on delete restrict
);
create index ix_attendance_marks_marked_by_id on attendance_marks (marked_by_id);
