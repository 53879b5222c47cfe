-- What the coordinator settles on screen: it stands in place of the configuration's value. The other names of a setting are the operator's.
create table settings (
    name varchar(60) not null,
    value text not null,
    changed_at timestamptz not null,
    constraint pk_settings primary key (name)
);

create function notify_settings_changed() returns trigger language plpgsql as $$
begin
    perform pg_notify('settings_changed', '');
    return null;
end
$$;
create trigger settings_changed after insert or update or delete on settings
    for each statement execute function notify_settings_changed();
