-- Themes that readers give to texts by hand.
create table comment_themes (
    id uuid not null,
    name varchar(80) not null,
    description varchar(300) not null,
    archived_at timestamptz,
    version integer not null default 0,
    constraint pk_comment_themes primary key (id)
);
create unique index ux_comment_themes_name on comment_themes (name);

-- Who has coded a text, the first and the second; without a time, which would tell when the text was there. No theme fits is a reading too.
create table comment_readings (
    comment_id uuid not null,
    reader integer not null,
    reader_id uuid not null,
    constraint pk_comment_readings primary key (comment_id, reader),
    constraint ck_comment_readings_reader check (reader in (1, 2)),
    constraint fk_comment_readings_reader_id foreign key (reader_id) references staff_users (id) on delete restrict
);
create unique index ux_comment_readings_comment_id_reader_id on comment_readings (comment_id, reader_id);
create index ix_comment_readings_reader_id on comment_readings (reader_id);

create table comment_codes (
    comment_id uuid not null,
    reader integer not null,
    theme_id uuid not null,
    constraint pk_comment_codes primary key (comment_id, reader, theme_id),
    constraint fk_comment_codes_comment_id_reader foreign key (comment_id, reader) references comment_readings (comment_id, reader) on delete restrict,
    constraint fk_comment_codes_theme_id foreign key (theme_id) references comment_themes (id) on delete restrict
);
create index ix_comment_codes_theme_id on comment_codes (theme_id);

create or replace function comment_gone() returns trigger language plpgsql as $$
begin
    if exists (select from survey_comments where id = old.id) then
        return null;
    end if;
    if exists (select from concerns where comment_id = old.id and state <> 'Withdrawn') then
        raise exception 'A text that raised a concern is kept.'
            using errcode = 'restrict_violation', constraint = 'ck_concerns_comment_kept', table = 'survey_comments';
    end if;
    delete from survey_quotes where comment_id = old.id;
    delete from comment_codes where comment_id = old.id;
    delete from comment_readings where comment_id = old.id;
    return null;
end
$$;

-- To begin with; staff change them.
insert into comment_themes (id, name, description)
values
    (gen_random_uuid(), 'Confidence to act', 'Says or does something now that they would have left before.'),
    (gen_random_uuid(), 'Recognising signs', 'Sees signs of harm or neglect that they would have missed.'),
    (gen_random_uuid(), 'Referral and thresholds', 'Refers, or knows when and to whom.'),
    (gen_random_uuid(), 'Talking with children and families', 'Listens and talks in another way than before.'),
    (gen_random_uuid(), 'Working with other agencies', 'Shares, asks or meets across agencies.'),
    (gen_random_uuid(), 'Policy and procedure', 'A policy, form, induction or check was changed.'),
    (gen_random_uuid(), 'Passed on to colleagues', 'Trained, briefed or supervised others.'),
    (gen_random_uuid(), 'No change yet', 'Nothing has changed, and why.');
