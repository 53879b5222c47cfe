-- What an account is for. Until now every account saw everything but survey comments, which coordinators read: they keep what they had
-- and look after accounts; the others keep bookings and money, without deciding on money, and lose settings.
alter table staff_users
    add column roles text[] not null default '{}',
    add column area_ids uuid[] not null default '{}',
    add constraint ck_staff_users_roles check (
        roles <@ array['Coordinator', 'BookingOfficer', 'Finance', 'SafeguardingLead', 'LearningGroup', 'Trainer', 'Administrator']
    );

update staff_users
set roles = case when is_coordinator then array['Coordinator', 'Administrator'] else array['BookingOfficer'] end;

alter table staff_users drop column is_coordinator;

-- A session says what its person may do, and those that are open do not say it.
delete from staff_sessions;
