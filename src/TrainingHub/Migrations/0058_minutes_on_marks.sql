-- A register notes how long somebody was there, how late they came and how early they left, and whether an online meeting's report said so.

alter table attendance_marks
    add column minutes integer,
    add column late integer,
    add column left_early integer,
    add column read_from text,
    add constraint ck_attendance_marks_read_from check (read_from in ('Teams', 'Zoom', 'Meet')),
    add constraint ck_attendance_marks_details check (minutes between 0 and 1440 and late between 1 and 1440 and left_early between 1 and 1440);

alter table meeting_marks
    add column minutes integer,
    add column late integer,
    add column left_early integer,
    add column read_from text,
    add constraint ck_meeting_marks_read_from check (read_from in ('Teams', 'Zoom', 'Meet')),
    add constraint ck_meeting_marks_details check (minutes between 0 and 1440 and late between 1 and 1440 and left_early between 1 and 1440),
    -- The command line has no account.
    alter column marked_by_id drop not null;
