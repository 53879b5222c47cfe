-- What a member of staff did to which record. Names are kept as they were at the time; no key to staff_users, for an account may go.
create table history_entries (
    id uuid not null,
    at timestamptz not null,
    actor_id uuid not null,
    actor text not null,
    record_type text not null,
    record_id uuid not null,
    act varchar(100) not null,
    note varchar(1000),
    changes jsonb not null,
    constraint pk_history_entries primary key (id)
);
create index ix_history_entries_record_id_at on history_entries (record_id, at);

create function refuse_change_of_history() returns trigger language plpgsql as $$
begin
    raise exception 'History is only added to.';
end
$$;
create trigger tr_history_entries_only_added before update or delete on history_entries
    for each row execute function refuse_change_of_history();
