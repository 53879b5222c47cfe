-- The monthly meeting on actions from learning. One is open at a time; what was minuted in a closed one never changes.
create table learning_meetings (
    id uuid not null,
    held_on date not null,
    state text not null,
    minutes varchar(10000),
    decisions varchar(5000),
    closed_at timestamptz,
    closed_by_id uuid,
    version integer not null default 0,
    constraint pk_learning_meetings primary key (id),
    constraint ck_learning_meetings_state check (state in ('Open', 'Closed')),
    constraint ck_learning_meetings_closed check (
        (state = 'Closed') = (closed_at is not null) and (closed_at is not null or closed_by_id is null)),
    constraint fk_learning_meetings_closed_by_id foreign key (closed_by_id) references staff_users (id) on delete restrict
);
create unique index ux_learning_meetings_state on learning_meetings (state) where state = 'Open';
create index ix_learning_meetings_closed_by_id on learning_meetings (closed_by_id);

-- Of an open meeting what was typed; of a closed one also how each action stood.
create table meeting_minutes (
    meeting_id uuid not null,
    action_id uuid not null,
    words varchar(2000),
    number integer,
    what varchar(1000),
    source varchar(200),
    who varchar(320),
    due_on date,
    standing text,
    constraint pk_meeting_minutes primary key (meeting_id, action_id),
    constraint ck_meeting_minutes_standing check (standing in ('Late', 'Soon', 'OnTrack', 'Done', 'Closed')),
    constraint ck_meeting_minutes_fixed check (num_nonnulls(number, what, source, who, due_on, standing) in (0, 6)),
    constraint fk_meeting_minutes_meeting_id foreign key (meeting_id) references learning_meetings (id) on delete restrict,
    constraint fk_meeting_minutes_action_id foreign key (action_id) references learning_actions (id) on delete restrict
);
create index ix_meeting_minutes_action_id on meeting_minutes (action_id);

create function refuse_closed_minutes() returns trigger language plpgsql as $$
begin
    if exists (select from learning_meetings where id in (old.meeting_id, new.meeting_id) and state = 'Closed') then
        raise exception 'The minutes of a closed meeting are never changed.' using errcode = 'restrict_violation';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end
$$;
-- Not refuse_change: that is of tables whose rows are never changed at all.
create function refuse_closed_meeting() returns trigger language plpgsql as $$
begin
    raise exception 'A closed meeting is never changed.' using errcode = 'restrict_violation';
end
$$;
create trigger meeting_minutes_fixed before insert or update or delete on meeting_minutes
    for each row execute function refuse_closed_minutes();
create trigger learning_meetings_fixed before update or delete on learning_meetings
    for each row when (old.state = 'Closed') execute function refuse_closed_meeting();
