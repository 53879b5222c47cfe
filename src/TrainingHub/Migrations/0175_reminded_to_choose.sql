-- Whoever has not chosen sessions of an event is reminded once. A node of the older version does not know such a row: where it meets one, its
-- own reminders wait until it is gone.
alter table place_notices
    drop constraint ck_place_notices_kind,
    add constraint ck_place_notices_kind check (kind in ('Reminder', 'JoiningLink', 'OnTheDay', 'ChooseSessions'));
