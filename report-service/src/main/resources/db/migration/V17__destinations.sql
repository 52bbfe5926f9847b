-- Archives are one type of destination; receivers of HL7 and webhooks are others. The tables keep their names, for builds of before
-- that run beside.
alter table archives
    add column type        text not null default 'ARCHIVE' check (type in ('ARCHIVE', 'MLLP', 'WEBHOOK')),
    -- since when it wants nothing any more; its place in the event log is kept
    add column disabled_at timestamptz;
comment on table archives is 'destinations of results: archives, receivers of HL7, webhooks';

alter table archive_deliveries
    drop constraint archive_deliveries_kind_check,
    add constraint archive_deliveries_kind_check check (kind in ('SR', 'SEG', 'ORU', 'EVENT')),
    -- answers in turn that said no, and may say yes later
    add column refusals      int not null default 0,
    -- the version that was waiting when this one was left out
    add column superseded_by int,
    -- what is sent, where it is not made anew for each attempt; without identity
    add column body          text;
create index archive_deliveries_due on archive_deliveries (archive, next_try, delivery_id) where state = 'WAITING';
comment on table archive_deliveries is 'what is to go to a destination and what went';
comment on column archive_deliveries.sop_instance_uid is
    'the one id of what is sent, the same at each attempt: of a DICOM instance its UID, of HL7 MSH-10, of an event its CloudEvents id';
