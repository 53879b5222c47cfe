-- Of a date's evaluation also how many answered well to the standard questions, each rounded once: to add them up for a provider.
alter table date_evaluations add column measures jsonb not null default '[]';
