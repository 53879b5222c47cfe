-- A name that a booker typed may be a person's own, or a refuge's: strangers are offered only those that staff made or confirmed.
alter table organisations add column is_approved boolean not null default false;

-- Staff brought these in with a file, or they are examples.
update organisations
set is_approved = true
where exists (
    select from bookings
    where bookings.organisation_id = organisations.id
      and bookings.origin in ('Import', 'Invented')
);

create index ix_organisations_name on organisations (name) where not is_approved;
