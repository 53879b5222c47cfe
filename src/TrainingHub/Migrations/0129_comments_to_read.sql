-- What somebody wrote, made comparable: lower case, without accents and apostrophes, one space before each word.
create function folded_words(said text) returns text language sql immutable parallel safe as $$
    select ' ' || btrim(regexp_replace(
        regexp_replace(translate(lower(normalize(said, nfkd)), 'łøđħı', 'lodhi'), U&'[\0300-\036F''`\2018\2019\00AD\200B-\200F\FEFF]', '', 'g'),
        '[^a-z0-9]+', ' ', 'g'))
$$;

-- Words and beginnings of words by which a text is read sooner. They hide nothing.
create table worry_words (
    phrase varchar(60) not null,
    folded text generated always as (folded_words(phrase)) stored,
    constraint pk_worry_words primary key (phrase),
    constraint ck_worry_words_folded check (length(folded) > 2)
);
create unique index ux_worry_words_folded on worry_words (folded);

alter table survey_comments
    add column is_wait_told boolean not null default false;

-- The texts that nobody has read, with the words of the list that they have.
create view unread_comments as
select comment.id as comment_id, comment.created_at, comment.is_wait_told, found.words, cardinality(found.words) > 0 as is_flagged
from survey_comments comment
cross join lateral (select folded_words(comment.text) as words) said
cross join lateral (
    select array(
        select word.phrase::text
        from worry_words word
        where strpos(said.words, word.folded) > 0
        order by word.phrase) as words) found
where comment.state = 'Unread';

-- Words of a text that may be shown, beside it. Times are months and ids are random: with the text's own they would tell for ever when it was
-- there at the latest, which is forgotten with the link to the answers.
create table survey_quotes (
    id uuid not null,
    comment_id uuid not null,
    text varchar(2000) not null,
    version_id uuid not null,
    question_key varchar(40) not null,
    course_id uuid,
    area_id uuid,
    year_from date not null,
    state text not null,
    proposed_in date not null,
    proposed_by_id uuid not null,
    approved_in date,
    approved_by_id uuid,
    withdrawn_in date,
    withdrawn_by_id uuid,
    constraint pk_survey_quotes primary key (id),
    constraint ck_survey_quotes_state check (state in ('Proposed', 'Approved', 'Withdrawn')),
    constraint ck_survey_quotes_approved check (
        (approved_in is null) = (approved_by_id is null) and (state <> 'Approved' or approved_in is not null)),
    constraint ck_survey_quotes_withdrawn check (
        (withdrawn_in is null) = (withdrawn_by_id is null) and (withdrawn_in is not null) = (state = 'Withdrawn')),
    constraint fk_survey_quotes_version_id_question_key foreign key (version_id, question_key) references survey_questions (version_id, key) on delete restrict,
    constraint fk_survey_quotes_course_id foreign key (course_id) references courses (id) on delete restrict,
    constraint fk_survey_quotes_area_id foreign key (area_id) references areas (id) on delete restrict,
    constraint fk_survey_quotes_proposed_by_id foreign key (proposed_by_id) references staff_users (id) on delete restrict,
    constraint fk_survey_quotes_approved_by_id foreign key (approved_by_id) references staff_users (id) on delete restrict,
    constraint fk_survey_quotes_withdrawn_by_id foreign key (withdrawn_by_id) references staff_users (id) on delete restrict
);
create unique index ux_survey_quotes_comment_id on survey_quotes (comment_id) where state <> 'Withdrawn';
create index ix_survey_quotes_version_id_question_key on survey_quotes (version_id, question_key);
create index ix_survey_quotes_course_id on survey_quotes (course_id);
create index ix_survey_quotes_area_id on survey_quotes (area_id);
create index ix_survey_quotes_proposed_by_id on survey_quotes (proposed_by_id);
create index ix_survey_quotes_approved_by_id on survey_quotes (approved_by_id);
create index ix_survey_quotes_withdrawn_by_id on survey_quotes (withdrawn_by_id);

-- The only way to what may be shown: whatever reports and pages quote comes from here.
create view approved_quotes as
select quote.id, quote.text, quote.question_key, quote.course_id, quote.area_id, quote.year_from
from survey_quotes quote
where quote.state = 'Approved'
and not exists (select from concerns concern where concern.comment_id = quote.comment_id and concern.state <> 'Withdrawn');

insert into worry_words (phrase)
values
    ('a gun'), ('abduct'), ('abused'), ('abuser'), ('abuses'), ('abusing'), ('afraid'), ('afraid to go home'), ('allegation'),
    ('alone with'), ('asked me not to tell'), ('assault'), ('at risk now'), ('attack'), ('beat her'), ('beat him'), ('beat them'),
    ('beaten'), ('beating'), ('being controlled'), ('bite mark'), ('black eye'), ('bleeding'), ('breakdown'), ('broken arm'),
    ('broken rib'), ('bruis'), ('bullied'), ('bullying'), ('burn mark'), ('burned'), ('burnt'), ('can not cope'), ('cannot cope'),
    ('cant cope'), ('charged with'), ('child in danger'), ('child marriage'), ('child on child'), ('choked'), ('cigarette'), ('coerced'),
    ('cover up'), ('covered in'), ('covered up'), ('cried'), ('crying'), ('cut herself'), ('cut himself'), ('cut on'), ('cuts on'),
    ('cutting'), ('deal drugs'), ('did not report'), ('died'), ('dirty clothes'), ('disclosed'), ('disclosure from'),
    ('does not want to go home'), ('down the stairs'), ('dragged'), ('drugs'), ('drunk'), ('emergency'), ('end it all'), ('exploited'),
    ('filmed'), ('flinch'), ('force fed'), ('forced'), ('fractured'), ('frightened'), ('gang'), ('going missing'), ('gone missing'),
    ('groomed'), ('grooming a'), ('had sex'), ('hair pulled'), ('happened to me'), ('harmed'), ('harming'), ('harms'), ('hidden phone'),
    ('hiding from'), ('hit by'), ('hit her'), ('hit him'), ('hit me'), ('hit them'), ('hits'), ('hitting'), ('homeless'), ('hospital'),
    ('hung herself'), ('hung himself'), ('hungry'), ('hurt'), ('i am struggling'), ('i have not told'), ('ignored me'), ('in danger'),
    ('inappropriate'), ('incest'), ('indecent'), ('injur'), ('keep it secret'), ('kick'), ('kill'), ('kill herself'), ('kissed'), ('knife'),
    ('knives'), ('lado'), ('left alone'), ('left home alone'), ('locked in'), ('lost weight'), ('made me feel'), ('marks on'), ('massage'),
    ('messages from'), ('missing from'), ('molest'), ('money from strangers'), ('murder'), ('my own childhood'), ('naked'), ('neglected'),
    ('never told anyone'), ('new clothes and'), ('no food'), ('no heating'), ('no longer safe'), ('no one believed'), ('no one has done'),
    ('nobody believed'), ('nobody has done'), ('not been reported'), ('not eaten'), ('not safe'), ('not seen for'), ('not wanting to live'),
    ('nudes'), ('older boyfriend'), ('older men'), ('on her own all'), ('on his own all'), ('ongoing concern'), ('overdose'), ('photos of'),
    ('pictures of'), ('pornograph'), ('pregnant'), ('private parts'), ('prostitut'), ('punch'), ('pushed her'), ('pushed him'),
    ('pushed me'), ('radicalised'), ('ran away'), ('rape'), ('raping'), ('run away'), ('runaway'), ('scald'), ('scared'), ('scratches'),
    ('secret phone'), ('self harm'), ('selfharm'), ('sent pictures'), ('sex with'), ('sexual with'), ('sexualised'), ('sexually'),
    ('shaken baby'), ('shakes'), ('shaking her'), ('shaking him'), ('shouting at'), ('slap'), ('sleeps in'), ('smack'), ('smells of'),
    ('soiled'), ('sold for'), ('spitting'), ('squalor'), ('stab'), ('starv'), ('still happening'), ('stolen'), ('strangl'), ('strikes'),
    ('suicid'), ('suspended'), ('swollen'), ('tablets'), ('take my own life'), ('taken into care'), ('terrified'), ('the gun'),
    ('threaten'), ('threats'), ('throttl'), ('thrown'), ('told me that'), ('told us that'), ('touched her'), ('touched him'),
    ('touched me'), ('touched them'), ('touching'), ('trafficked'), ('trembling'), ('underweight'), ('unexplained'), ('unsafe'),
    ('unwashed'), ('upskirt'), ('violence towards'), ('violent'), ('want to die'), ('wants to die'), ('was ignored'), ('weapon'),
    ('webcam'), ('wet the bed'), ('wets'), ('whip'), ('whistle'), ('will not go home'), ('with older men'), ('worried about');
