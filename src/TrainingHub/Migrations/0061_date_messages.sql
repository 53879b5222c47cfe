-- What staff wrote to everybody on one or several dates. Its emails have its id as their batch; counts stay when they are forgotten.
create table date_messages (
    id uuid not null,
    subject varchar(150) not null,
    text varchar(4000) not null,
    audience text not null,
    run_ids uuid[] not null,
    written_by text not null,
    sent_at timestamptz not null,
    recipient_count integer not null,
    left_out_count integer not null,
    constraint pk_date_messages primary key (id),
    constraint ck_date_messages_audience check (audience in ('Delegates', 'Bookers', 'Waiting'))
);
create index ix_date_messages_sent_at on date_messages (sent_at);
