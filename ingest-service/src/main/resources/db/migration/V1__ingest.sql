-- Ingest's truth: what was received, what is due, what must still be told, and what became of it.

create table studies (
    study_key          uuid primary key,
    issuer             text        not null,
    study_instance_uid text        not null,
    site               text        not null,
    received_at        timestamptz not null default now(),
    due_at             timestamptz,              -- when it counts as complete; null: nothing new to assemble
    arrivals           bigint      not null default 0, -- rises with every new image or changed header
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
    study_description text
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
    header_part         uuid        not null references parts,
    pixels_part         uuid references parts,
    header_version      integer     not null default 1,
    received_at         timestamptz not null default now(),
    primary key (issuer, sop_instance_uid)
);
create index instances_study on instances (study_key);

-- The headers an instance had before, and what changed.
create table header_versions (
    issuer           text        not null,
    sop_instance_uid text        not null,
    header_version   integer     not null,
    header_part      uuid        not null references parts,
    header_digest    text        not null,
    identity_changed boolean     not null,
    calling_ae       text,
    received_at      timestamptz not null default now(),
    primary key (issuer, sop_instance_uid, header_version)
);

-- Objects kept aside: a SOP Instance UID that came again with other pixels.
create table quarantine (
    quarantine_id    uuid primary key,
    study_key        uuid        not null,
    sop_instance_uid text        not null,
    status           integer     not null,       -- the DIMSE status answered
    reason           text        not null,
    calling_ae       text,
    header_part      uuid references parts,
    pixels_part      uuid references parts,
    received_at      timestamptz not null default now()
);

-- What must be told; a row is re-sent until ingest has seen the effect.
create table outbox (
    event_id      uuid primary key,              -- ce_id: equal for every re-send
    study_key     uuid        not null references studies,
    revision      integer     not null,
    shard         smallint    not null,
    sequence      bigint generated always as identity,
    topic         text        not null,          -- without prefix
    type          text        not null,          -- ce_type
    data_schema   text        not null,
    payload       bytea       not null,
    event_time    timestamptz not null,
    next_send_at  timestamptz not null default now(),
    claimed_until timestamptz,
    attempts      integer     not null default 0,
    sent_at       timestamptz,                   -- last acknowledged by the broker
    settled_at    timestamptz                    -- effect seen: nothing more to send
);
create index outbox_waiting on outbox (shard, next_send_at) where settled_at is null;
create index outbox_study on outbox (study_key, revision);

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

create table planned_outcomes (
    outcome_id  uuid primary key,
    study_key   uuid        not null,
    revision    integer     not null,
    deployment  text        not null,
    role        text        not null,
    deadline    timestamptz not null,
    status      text,                            -- null until answered: FINDINGS NOT_APPLICABLE FAILED
    reason      text,
    answered_at timestamptz
);
create index planned_outcomes_study on planned_outcomes (study_key, revision);

-- Answers that came before their plan.
create table early_outcomes (
    outcome_id  uuid primary key,
    study_key   uuid        not null,
    revision    integer     not null,
    status      text        not null,
    reason      text,
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
