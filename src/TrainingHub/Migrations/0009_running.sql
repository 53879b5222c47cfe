-- What running the program needs beside its data: which seeds were decided about, and a place for Quartz's own tables.

create table seed_runs (
    name text not null,
    ran boolean not null,
    decided_at timestamptz not null,
    constraint pk_seed_runs primary key (name)
);

create schema quartz;
