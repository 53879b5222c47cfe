-- Organisations ask for training on their own page and vote for what staff list there. A node of the older version lists nothing, and cannot
-- show a need that is not planned until it is gone.
alter table training_needs
    add column is_listed boolean not null default false,
    add column awaits_staff boolean not null default false,
    add column public_words varchar(300),
    drop constraint ck_training_needs_state,
    add constraint ck_training_needs_state check (state in ('Open', 'Planned', 'Met', 'NotPlanned')),
    drop constraint ck_training_needs_because,
    add constraint ck_training_needs_because check (state in ('Open', 'NotPlanned') or because is not null),
    add constraint ck_training_needs_public_words check (state <> 'NotPlanned' or public_words is not null);
create index ix_training_needs_awaiting on training_needs (added_at) where awaits_staff;
