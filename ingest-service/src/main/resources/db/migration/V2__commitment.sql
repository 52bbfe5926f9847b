-- Storage commitment: what was asked, what was decided, and whether the requester has been told.

create table commitments (
    commitment_id   uuid primary key,
    requester       text        not null,        -- AE title
    transaction_uid text        not null,
    request_digest  text        not null,        -- of the instances, in whatever order
    requested_at    timestamptz not null default now(),
    wait_until      timestamptz not null,        -- instances that are missing may come in until then
    judged_at       timestamptz,                 -- what was decided then stays decided
    next_attempt_at timestamptz not null default now(),
    claimed_until   timestamptz,                 -- somebody judges or reports it until then
    attempts        integer     not null default 0, -- to report it
    finished_at     timestamptz,
    outcome         text,                        -- DELIVERED ABANDONED
    unique (requester, transaction_uid)
);
create index commitments_due on commitments (next_attempt_at) where finished_at is null;
create index commitments_finished on commitments (finished_at) where finished_at is not null;

create table commitment_references (
    commitment_id    uuid    not null references commitments on delete cascade,
    item             integer not null,
    sop_class_uid    text    not null,
    sop_instance_uid text    not null,
    failure_reason   integer,                    -- 0: committed; null: not judged yet
    primary key (commitment_id, item)
);

create index quarantine_instance on quarantine (issuer, sop_instance_uid);
