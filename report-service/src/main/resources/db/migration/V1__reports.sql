-- What came in: kept as it came, one row a fact, inserted once.
create table studies (
    study_key   uuid        not null,
    revision    int         not null check (revision > 0),
    event       jsonb       not null,
    received_at timestamptz not null default clock_timestamp(),
    primary key (study_key, revision)
);

-- Identified: the only table that says who a patient is.
create table contexts (
    context_id  bigint      generated always as identity primary key,
    study_key   uuid        not null,
    revision    int         not null check (revision > 0),
    digest      text        not null,
    event       jsonb       not null,
    received_at timestamptz not null default clock_timestamp(),
    unique (study_key, revision, digest)
);

create table plans (
    plan_id     uuid        primary key,
    study_key   uuid        not null,
    revision    int         not null check (revision > 0),
    event       jsonb       not null,
    received_at timestamptz not null default clock_timestamp()
);
create index plans_of_study on plans (study_key, revision desc);

create table outcomes (
    outcome_id  uuid        primary key,
    study_key   uuid        not null,
    status      text        not null,
    event       jsonb       not null,
    received_at timestamptz not null default clock_timestamp()
);
create index outcomes_of_study on outcomes (study_key);

-- A report's row is also its lock: whoever changes a report holds it.
create table reports (
    report_key     uuid        primary key,
    version        int         not null default 0 check (version >= 0),
    state          text        not null default 'AWAITED' check (state in ('AWAITED', 'DRAFTING', 'SETTLED')),
    status         text        not null default 'DRAFT',
    revision       int         not null default 0,
    plan_id        uuid,
    digest         text,
    priority       text        not null default 'ROUTINE',
    first_sequence bigint      unique,
    sequence       bigint      unique,
    -- when the next planned answer is overdue; null when none is awaited
    next_deadline  timestamptz,
    changed_at     timestamptz not null default clock_timestamp(),
    check ((version = 0) = (first_sequence is null))
);
create index reports_by_deadline on reports (next_deadline) where next_deadline is not null;

create table report_studies (
    report_key         uuid not null references reports,
    study_key          uuid not null,
    study_instance_uid text not null,
    primary key (report_key, study_key)
);
create index report_studies_by_uid on report_studies (study_instance_uid);
create index report_studies_by_study on report_studies (study_key);

create table report_versions (
    report_key uuid        not null references reports,
    version    int         not null check (version > 0),
    sequence   bigint      not null unique,
    revision   int         not null,
    plan_id    uuid        not null,
    status     text        not null,
    settled    boolean     not null,
    digest     text        not null,
    draft      jsonb       not null,
    -- whom the version is about, as known when it was written
    context_id bigint      references contexts,
    created_at timestamptz not null,
    primary key (report_key, version)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'a version of a report is never changed or deleted' using errcode = 'restrict_violation';
end
$$;
create trigger report_versions_stay before update or delete on report_versions
    for each row execute function refuse_change();
create trigger report_versions_stay_all before truncate on report_versions
    for each statement execute function refuse_change();

-- The one event log. Its positions have no gap and follow the order of commits: the next one is taken by locking the row of
-- event_position, which is held until the commit. A rolled back position is taken again. Events are json, not jsonb: every
-- subscriber gets the same bytes.
create table event_position (
    only_row boolean primary key default true check (only_row),
    last     bigint  not null
);
insert into event_position (last) values (0);

create table event_log (
    position   bigint      primary key,
    report_key uuid        not null,
    version    int         not null,
    event      json        not null,
    logged_at  timestamptz not null,
    unique (report_key, version)
);
create index event_log_by_age on event_log (logged_at);

-- What Kafka has not acknowledged yet; a row goes when it has.
create table outbox (
    position      bigint      primary key,
    report_key    uuid        not null,
    event         json        not null,
    logged_at     timestamptz not null,
    claimed_until timestamptz not null default '-infinity',
    attempts      int         not null default 0
);
create index outbox_by_report on outbox (report_key, position);

-- Records that could not be handled. The value may be identified: same access as contexts.
create table parked (
    parked_id    bigint      generated always as identity primary key,
    topic        text        not null,
    kafka_partition int      not null,
    kafka_offset bigint      not null,
    record_key   text,
    headers      jsonb       not null,
    value        bytea,
    reason       text        not null,
    parked_at    timestamptz not null default clock_timestamp(),
    unique (topic, kafka_partition, kafka_offset)
);
