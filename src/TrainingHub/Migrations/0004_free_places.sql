-- FreePlaces: applications of charities and community interest companies.

create table free_place_applications (
    id uuid not null,
    applicant text not null,
    organisation_name varchar(150) not null,
    registered_number varchar(20),
    about varchar(500) not null,
    created_at timestamptz not null,
    state text not null,
    decided_at timestamptz,
    decided_by_id uuid,
    reason varchar(500),
    constraint pk_free_place_applications primary key (id),
    constraint ck_free_place_applications_applicant check (applicant in ('RegisteredCharity', 'UnregisteredCharity', 'CommunityInterestCompany')),
    constraint ck_free_place_applications_reason check (state <> 'Declined' or reason is not null),
    constraint ck_free_place_applications_state check (state in ('Pending', 'Approved', 'Declined', 'Withdrawn')),
    constraint fk_free_place_applications_decided_by_id foreign key (decided_by_id) references staff_users (id) on delete restrict
);
create index ix_free_place_applications_decided_by_id on free_place_applications (decided_by_id);
create index ix_free_place_applications_state_created_at on free_place_applications (state, created_at);
