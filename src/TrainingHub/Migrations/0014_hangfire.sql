-- Hangfire says when jobs run, in tables that it makes itself; Quartz did before.

create schema hangfire;
drop schema quartz cascade;
