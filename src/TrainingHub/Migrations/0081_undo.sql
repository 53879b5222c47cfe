-- Acts of staff that can be undone, beside their entries of history: what was there before, in ids and states, for a week.
create table undoable_acts (
    id uuid not null,
    kind varchar(60) not null,
    subject_id uuid not null,
    at timestamptz not null,
    held_until timestamptz,
    before jsonb not null,
    group_id uuid,
    undone_id uuid,
    constraint pk_undoable_acts primary key (id)
);
create index ix_undoable_acts_at on undoable_acts (at);
create index ix_undoable_acts_subject_id on undoable_acts (subject_id);
create index ix_undoable_acts_group_id on undoable_acts (group_id) where group_id is not null;
create unique index ux_undoable_acts_undone_id on undoable_acts (undone_id);

-- What follows from such an act and has not left yet.
alter table outgoing_emails add column act_id uuid;
create index ix_outgoing_emails_act_id on outgoing_emails (act_id) where act_id is not null;

alter table refunds
    add column act_id uuid,
    add column held_until timestamptz,
    drop constraint ck_refunds_state,
    add constraint ck_refunds_state check (state in ('Due', 'Pending', 'Succeeded', 'Failed', 'Undone'));
create index ix_refunds_act_id on refunds (act_id) where act_id is not null;

-- A decision to keep money is only added to: one that is undone is reversed by a row below nought.
alter table kept_shares
    add column act_id uuid,
    add column reverses_id uuid,
    drop constraint ck_kept_shares_amount,
    add constraint ck_kept_shares_amount check (amount_pence <> 0 and (amount_pence > 0) = (reverses_id is null)),
    add constraint fk_kept_shares_reverses_id foreign key (reverses_id) references kept_shares (id) on delete restrict;
create index ix_kept_shares_act_id on kept_shares (act_id) where act_id is not null;
create unique index ux_kept_shares_reverses_id on kept_shares (reverses_id);
