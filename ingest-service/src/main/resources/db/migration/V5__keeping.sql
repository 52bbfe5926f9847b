-- What is kept, how far the log is indexed, and what of it is not what it was.

create index parts_place on parts (segment, position);

-- All of the log before this place is indexed, or was refused: a start reads what lies behind it. No row: a start reads all.
create table log_checkpoint (
    log      text primary key,                   -- segments
    segment  bigint      not null,
    position bigint      not null,
    at       timestamptz not null default now()
);

-- Parts whose bytes are not there or not those that were stored: never served. A sender that sends the object again mends them.
create table damaged_parts (
    part_id  uuid primary key references parts on delete cascade,
    reason   text        not null,               -- MISSING ALTERED
    found_at timestamptz not null default now()
);

-- Studies that were erased on demand: who wanted it, and up to where the log may still hold their bytes.
create table erasures (
    erasure_id    uuid primary key,
    study_key     uuid        not null references studies,
    requested_by  text        not null,
    requested_at  timestamptz not null default now(),
    until_segment bigint,                        -- what was written later is no longer meant; null: all that is there
    removed_at    timestamptz                    -- no byte of it is on disk any longer
);
create index erasures_study on erasures (study_key);
create index erasures_open on erasures (requested_at) where removed_at is null;

-- Whose images went because they were kept long enough, or on demand; what came again since is newer than this.
alter table studies add column dropped_at timestamptz;
create index studies_kept on studies (completed_at)
    where due_at is null and (dropped_at is null or completed_at > dropped_at);

-- Where the sweep that reads every part again is.
create table sweep (
    sweep      text primary key,                 -- parts
    segment    bigint      not null,
    position   bigint      not null,
    begun_at   timestamptz not null,
    ended_at   timestamptz                       -- all parts were read once; the next round begins some time after
);

-- What was committed to is kept.
create index commitment_references_instance on commitment_references (sop_instance_uid);
