-- What a job left to be tried again, in words for staff, and since when the mail server refuses this site.

alter table job_runs add column waits text;
-- Until now these held technical text.
update job_runs set error = 'It failed. The log of that day says why.' where error is not null;

create table mail_stops (
    only_row boolean not null default true,
    since timestamptz not null,
    error text not null,
    constraint pk_mail_stops primary key (only_row),
    constraint ck_mail_stops_only_row check (only_row)
);
