-- The ledger tells what happened, beside which stage a study is at; when, by whoever did it; and what stands still.

alter table ledger alter column stage drop not null; -- null: it moves no stage
alter table ledger add column fact text;
alter table ledger add column told_at timestamptz;   -- when it was so, by the clock of who did it; null: that is "at"
update ledger set fact = case
    when source like 'order:%' then 'ORDER'
    when source like 'mpps:%' then 'PROCEDURE_STEP'
    when source = 'receive' then 'FIRST_INSTANCE'
    when stage = 'RECEIVING' then 'NOTE'
    when stage = 'NOT_ANALYZED' then 'NO_IMAGES'
    when stage = 'RECEIVED' then 'ASSEMBLED'
    else stage end;
alter table ledger alter column fact set not null;
alter table ledger drop constraint ledger_study_key_revision_stage_source_key;
alter table ledger add constraint ledger_fact unique (study_key, revision, fact, source);

-- What an answer says of how it was made.
alter table answers add column revision integer;     -- it was made for; equal input has one answer
alter table answers add column role text;
alter table answers add column findings integer;
alter table answers add column provider text;
alter table answers add column attempts integer;
alter table answers add column queued_ms bigint;
alter table answers add column fetch_ms bigint;
alter table answers add column prepare_ms bigint;
alter table answers add column run_ms bigint;
alter table answers add column seen_at timestamptz;
alter table answers alter column seen_at set default now();
create index answers_study on answers (study_key);

-- What stood still: one row a study, revision and reason, as long as it is known of the study.
create table standstills (
    study_key  uuid        not null references studies,
    revision   integer     not null,
    waits_for  text        not null,             -- QUIET_PERIOD DUE ASSEMBLY EVENT BROKER PLAN ANSWERS REPORT
    since      timestamptz not null,             -- what it waits for should have come by itself
    found_at   timestamptz not null default now(),
    times      integer     not null default 1,   -- it was found
    cleared_at timestamptz,                      -- it goes on; null: it stands still
    primary key (study_key, revision, waits_for)
);
create index standstills_open on standstills (study_key) where cleared_at is null;

-- Where the reconciler looks: images that nobody makes due, what the broker will never take.
create index studies_not_due on studies (study_key)
    where due_at is null and prior_since is null and arrivals > assembled_arrivals;
create index outbox_refused on outbox (study_key) where refusal is not null;
