-- What supports a finding: a saliency map, a mask. Other bytes under the same id lie beside each other; which of them count the
-- stored outcome says.
create table evidence (
    part_id    uuid        not null,
    digest     text        not null check (digest ~ '^sha256:[0-9a-f]{64}$'),
    media_type text        not null,
    bytes      bytea       not null check (octet_length(bytes) between 1 and 16777216),
    stored_at  timestamptz not null default clock_timestamp(),
    primary key (part_id, digest)
);
-- compressed already, and read by ranges
alter table evidence alter column bytes set storage external;
create index evidence_by_age on evidence (stored_at);

-- What stored outcomes name; evidence that none names goes.
create table outcome_evidence (
    outcome_id uuid not null references outcomes on delete cascade,
    part_id    uuid not null,
    digest     text not null,
    primary key (outcome_id, part_id)
);
create index outcome_evidence_by_part on outcome_evidence (part_id);
