-- Ingest's truth: what was received, what is due, what must still be told, and what became of it.

create table studies (
    study_key          uuid primary key,
    issuer             text        not null,
    study_instance_uid text        not null,
    site               text        not null,
    received_at        timestamptz not null default now(),
    due_at             timestamptz,              -- when it counts as complete; null: nothing new to assemble
    claimed_until      timestamptz,              -- somebody assembles it until then
    arrivals           bigint      not null default 0, -- rises with every new image: one that comes while assembling shows
    assembled_arrivals bigint      not null default 0, -- arrivals at the last assembly
    revision           integer     not null default 0,
    input_digest       text,
    priority           text        not null default 'ROUTINE',
    completed_at       timestamptz,
    unique (issuer, study_instance_uid)
);
create index studies_due on studies (due_at) where due_at is not null;

-- Who the study is about: nowhere else, and never in a key, log or pseudonymised event.
create table study_identity (
    study_key         uuid primary key references studies on delete cascade,
    patient_name      text,
    patient_id        text,
    patient_issuer    text,
    birth_date        text,
    sex               text,
    age               text,
    accession_number  text,
    study_date        text,
    study_description text,
    procedure_scheme  text,
    procedure_value   text,
    procedure_meaning text
);

create table parts (
    part_id    uuid primary key,
    study_key  uuid        not null,
    part_class text        not null,             -- HEADER, PIXELS, MANIFEST, EVIDENCE
    segment    bigint      not null,
    position   bigint      not null,
    length     bigint      not null,
    digest     text        not null,             -- sha256:hex
    created_at timestamptz not null default now()
);
create index parts_study on parts (study_key);

create table instances (
    issuer              text        not null,
    sop_instance_uid    text        not null,
    study_key           uuid        not null references studies,
    series_instance_uid text        not null,
    sop_class_uid       text        not null,
    transfer_syntax_uid text        not null,
    image               boolean     not null,    -- counts for assembly; SR, SEG, KO, PR and documents do not
    attributes          jsonb       not null,    -- the allow-list of a manifest entry, without identity
    header_digest       text        not null,
    pixels_digest       text,
    -- the object is header[0, pixels_at) + pixels + header[pixels_at, end); its data set is header[0, header_length)
    header_part         uuid        not null references parts deferrable initially deferred,
    pixels_part         uuid references parts deferrable initially deferred,
    pixels_at           bigint      not null,
    header_length       bigint      not null,
    identity_digest     text        not null,    -- of patient, study and series as its first header names them
    calling_ae          text        not null,
    received_at         timestamptz not null default now(),
    primary key (issuer, sop_instance_uid)
);
create index instances_study on instances (study_key);

-- Every header an instance ever came with; version 1 is the one it is analysed by.
create table header_versions (
    issuer              text        not null,
    sop_instance_uid    text        not null,
    header_version      integer     not null,
    header_part         uuid        not null references parts deferrable initially deferred,
    header_digest       text        not null,
    pixels_at           bigint      not null,
    header_length       bigint      not null,
    transfer_syntax_uid text        not null,
    identity_changed    boolean     not null,
    calling_ae          text        not null,
    received_at         timestamptz not null default now(),
    primary key (issuer, sop_instance_uid, header_version),
    unique (issuer, sop_instance_uid, header_digest),
    foreign key (issuer, sop_instance_uid) references instances
);

-- Objects kept aside: a SOP Instance UID that came again with other pixels.
create table quarantine (
    quarantine_id    uuid primary key,           -- derived: the same object refused again is no second row
    study_key        uuid        not null,
    issuer           text        not null,
    sop_instance_uid text        not null,
    status           integer     not null,       -- the DIMSE status answered
    reason           text        not null,
    calling_ae       text        not null,
    header_part      uuid        not null references parts deferrable initially deferred,
    pixels_part      uuid references parts deferrable initially deferred,
    received_at      timestamptz not null default now()
);

-- What must be told; a row is re-sent until ingest has seen the effect.
create table outbox (
    event_id       uuid primary key,             -- ce_id: equal for every re-send
    study_key      uuid        not null references studies,
    revision       integer     not null,
    shard          smallint    not null,
    sequence       bigint generated always as identity,
    topic          text        not null,         -- without prefix
    type           text        not null,         -- ce_type
    data_schema    text        not null,
    input_digest   text,                         -- of a study-received: a plan for another input is not its effect
    payload        bytea       not null,
    event_time     timestamptz not null,
    next_send_at   timestamptz not null default now(),
    claimed_until  timestamptz,
    failures       integer     not null default 0, -- since the broker last acknowledged it
    sends          integer     not null default 0, -- times the broker acknowledged it
    sent_at        timestamptz,                  -- last of these
    plan_seen_at   timestamptz,
    report_seen_at timestamptz,
    settled_at     timestamptz,                  -- effect seen, or superseded: nothing more to send
    refusal        text                          -- why the broker will never take it; then settled too
);
create index outbox_waiting on outbox (shard, next_send_at) where settled_at is null;
create index outbox_study on outbox (study_key, sequence);

-- What happened to each study, end to end.
create table ledger (
    entry_id  bigint generated always as identity primary key,
    study_key uuid        not null references studies,
    revision  integer     not null,
    stage     text        not null,              -- RECEIVING RECEIVED PLANNED ANALYZED DRAFTED NOT_ANALYZED
    detail    text        not null,
    source    text        not null,              -- what was seen, such as the event's id: the same fact is entered once
    at        timestamptz not null default now(),
    unique (study_key, revision, stage, source)
);

create index ledger_study on ledger (study_key, revision);

-- The plan of each revision, as the planner told it.
create table plans (
    plan_id      uuid primary key,
    study_key    uuid        not null references studies,
    revision     integer     not null,
    input_digest text        not null,
    declined     integer     not null,           -- models that do not apply
    planned_at   timestamptz not null
);
create index plans_study on plans (study_key, revision);

-- One row a model that must answer; equal input has equal outcome ids, so several revisions may wait for one answer.
create table planned_outcomes (
    plan_id    uuid        not null references plans,
    outcome_id uuid        not null,
    deployment text        not null,
    role       text        not null,
    deadline   timestamptz not null,
    closed_at  timestamptz,                      -- answered, or found past its deadline without an answer
    overdue    boolean     not null default false, -- closed without an answer
    primary key (plan_id, outcome_id)
);
create index planned_outcomes_outcome on planned_outcomes (outcome_id);
create index planned_outcomes_deadline on planned_outcomes (deadline) where closed_at is null;

-- What was answered, whether or not its plan is known yet; the first answer counts.
create table answers (
    outcome_id  uuid primary key,
    study_key   uuid        not null references studies,
    deployment  text        not null,
    status      text        not null,            -- FINDINGS NOT_APPLICABLE FAILED UNKNOWN
    reason      text,                            -- code of why not applicable or failed
    answered_at timestamptz not null
);

-- Records that could not be handled; replayable by command.
create table parked (
    parked_id       bigint generated always as identity primary key,
    topic           text        not null,
    partition_id    integer     not null,
    record_offset   bigint      not null,
    record_key      text,
    headers         jsonb       not null,
    value           bytea,
    error           text        not null,
    parked_at       timestamptz not null default now(),
    unique (topic, partition_id, record_offset)
);
