-- Webhooks that were registered while the service runs; those of the configuration are not here.
create table webhooks (
    name       text        primary key references archives,
    url        text        not null,
    -- for signatures; as much a secret as the rows that it signs
    secret     text        not null,
    events     text        not null,
    created_at timestamptz not null default clock_timestamp()
);
