-- Answers that a report names: only these need not be asked for again when a study has a new revision.
create table reported_outcomes (
    outcome_id uuid primary key
);

-- Commands that one more model answers studies of the past, and the studies that each chose.
create table backfills (
    backfill_id  uuid primary key,              -- derived: the same command is the same backfill
    model        text        not null,          -- a deployment, or the digest of a model file
    since        timestamptz not null,          -- studies completed from then on
    until        timestamptz not null,          -- and before then
    most         integer     not null,          -- studies, the newest
    requested_by text        not null,
    requested_at timestamptz not null default now(),
    stopped_at   timestamptz                    -- by command: no more is asked
);
create table backfill_studies (
    backfill_id uuid        not null references backfills,
    study_key   uuid        not null references studies,
    completed_at timestamptz not null,          -- the newest are asked first
    attempt     integer     not null default 1, -- a study that failed is asked again by the same command
    asked_at    timestamptz,
    plan_id     uuid,                           -- what it added to the study's plan
    planned_at  timestamptz,                    -- the planner has answered, be it that the model does not apply
    primary key (backfill_id, study_key)
);
create index backfill_studies_waiting on backfill_studies (backfill_id, completed_at desc) where asked_at is null;
create index backfill_studies_open on backfill_studies (asked_at);

alter table plans add column backfill_id uuid;  -- null: the plan of the revision, not what was added to it
