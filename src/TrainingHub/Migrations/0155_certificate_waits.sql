-- Certificates that wait until how the course was is answered. Days only: an hour would tell which free text is whose. A node of the older
-- version does not know of waiting, and issues what the newer one holds back.
create table certificate_waits (
    place_id uuid not null,
    looked_on date not null,
    ended_on date,
    constraint pk_certificate_waits primary key (place_id),
    constraint fk_certificate_waits_place_id foreign key (place_id) references places (id) on delete restrict,
    constraint ck_certificate_waits_ended check (ended_on <= looked_on)
);
create index ix_certificate_waits_looked_on on certificate_waits (looked_on) where ended_on is null;
