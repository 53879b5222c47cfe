-- A course's own fee that was raised with the others goes back with them.
alter table course_fees
    add column fee_schedule_id uuid,
    add constraint fk_course_fees_fee_schedule_id foreign key (fee_schedule_id) references fee_schedules (id) on delete restrict;
create index ix_course_fees_fee_schedule_id on course_fees (fee_schedule_id);
