-- What the codes of delegates for the door are derived with: 244 random bits of this database, and one row.
create table door_secrets (
    id smallint not null default 1,
    secret bytea not null,
    constraint pk_door_secrets primary key (id),
    constraint ck_door_secrets_id check (id = 1)
);
insert into door_secrets (secret)
values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
