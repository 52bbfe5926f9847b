-- Studies that are here because they were fetched from the archive, beside those that came on their own.

alter table studies add column prior_since timestamptz;  -- null: it came on its own, or did so since
create index studies_prior on studies (prior_since) where prior_since is not null;

create table prior_fetches (
    study_key          uuid primary key,
    study_instance_uid text        not null,
    wanted_for         uuid        not null,     -- the study whose patient it is of
    state              text        not null default 'WAITING', -- WAITING FETCHED FAILED
    requested_at       timestamptz not null default now(),
    next_attempt_at    timestamptz not null default now(),
    claimed_until      timestamptz,              -- somebody fetches it until then
    attempts           integer     not null default 0
);
create index prior_fetches_due on prior_fetches (next_attempt_at) where state = 'WAITING';
create index quarantine_study on quarantine (study_key);
