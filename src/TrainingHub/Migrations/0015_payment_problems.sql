-- "Problem" is what the screens call it. No installation runs the older version, so the columns are renamed in one step.

alter table payments rename column trouble to problem;
alter table payments rename column trouble_closed_at to problem_closed_at;
alter table payments rename column trouble_closed_by_id to problem_closed_by_id;
alter table payments rename column trouble_note to problem_note;
alter table payments rename constraint ck_payments_trouble to ck_payments_problem;
alter table payments rename constraint fk_payments_trouble_closed_by_id to fk_payments_problem_closed_by_id;
alter index ix_payments_trouble_closed_by_id rename to ix_payments_problem_closed_by_id;
