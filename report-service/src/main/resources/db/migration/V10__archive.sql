-- Archives that results go to: how far each has read the event log, who sends to it now, since when it cannot be reached.
create table archives (
    name       text        primary key,
    position   bigint      not null,
    held_by    uuid,
    held_until timestamptz not null default '-infinity',
    failures   int         not null default 0,
    next_try   timestamptz not null default '-infinity',
    problem    text
);

-- What is to go to an archive and what went, an instance once; no identity.
create table archive_deliveries (
    delivery_id      bigint      generated always as identity primary key,
    archive          text        not null references archives,
    position         bigint      not null,
    report_key       uuid        not null references reports,
    version          int         not null,
    kind             text        not null check (kind in ('SR', 'SEG')),
    finding_id       uuid,
    sop_instance_uid text        not null,
    state            text        not null default 'WAITING' check (state in ('WAITING', 'SENT', 'REFUSED')),
    attempts         int         not null default 0,
    next_try         timestamptz not null default '-infinity',
    -- of the data set, from its first attempt on
    digest           text,
    problem          text,
    queued_at        timestamptz not null default clock_timestamp(),
    changed_at       timestamptz not null default clock_timestamp(),
    unique (archive, sop_instance_uid),
    check ((kind = 'SEG') = (finding_id is not null))
);
create index archive_deliveries_waiting on archive_deliveries (archive, delivery_id) where state = 'WAITING';
create index archive_deliveries_refused on archive_deliveries (archive, delivery_id) where state = 'REFUSED';
create index archive_deliveries_by_report on archive_deliveries (report_key, delivery_id);
