-- What a writer was asked to word, and what came of it: of a draft in Prelim's own words, by its digest. No identity.
create table narratives (
    base_digest text        primary key,
    report_key  uuid        not null,
    language    text        not null,
    given       jsonb       not null,
    -- accepted; neither accepted nor refused while it waits
    sentences   jsonb,
    writer      text,
    refusal     text,
    attempts    int         not null default 0,
    next_try    timestamptz not null default clock_timestamp(),
    asked_at    timestamptz not null default clock_timestamp(),
    check (sentences is null or refusal is null)
);
create index narratives_waiting on narratives (next_try) where sentences is null and refusal is null;
create index narratives_by_age on narratives (asked_at);
