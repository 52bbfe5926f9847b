-- Orders and patients as integration engines tell of them. Identified, like study_identity: nothing of it in a key, log or metric.

create table orders (
    order_key          uuid primary key,         -- HMAC of issuer and number
    issuer             text        not null,     -- of the order numbers
    placer_number      text,
    filler_number      text,
    accession_issuer   text,
    accession_number   text,
    study_instance_uid text,
    patient_key        uuid        not null,     -- as the order names the patient; merges are links, and rewrite nothing
    patient_issuer     text        not null,
    patient_id         text        not null,
    patient_name       text,
    birth_date         text,
    sex                text,
    procedure_scheme   text,                     -- as ordered
    procedure_value    text,
    procedure_meaning  text,
    priority           text        not null,
    indication         text,
    status             text        not null,     -- SCHEDULED IN_PROGRESS COMPLETED CANCELLED UNKNOWN
    site               text        not null,
    occurred_at        timestamptz not null,     -- by the sender's clock
    changed_at         timestamptz not null default now()
);
create index orders_accession on orders (accession_issuer, accession_number) where accession_number is not null;
create index orders_study on orders (study_instance_uid) where study_instance_uid is not null;
create index orders_patient on orders (patient_key);
create index study_identity_accession on study_identity (accession_number) where accession_number is not null;

-- What ADT messages say of patients; it is newer than what stands in orders.
create table patients (
    patient_key  uuid primary key,               -- HMAC of issuer and id
    issuer       text        not null,
    patient_id   text        not null,
    patient_name text,
    birth_date   text,
    sex          text,
    changed_at   timestamptz not null default now()
);

-- Merges: a forest, each tree one patient. A link is never moved.
create table patient_links (
    prior_key uuid primary key,                  -- no longer used
    into_key  uuid        not null,              -- which may be prior to another
    linked_at timestamptz not null default now(),
    check (prior_key <> into_key)
);
create index patient_links_into on patient_links (into_key);

-- Which study was made for which order, as far as both agree about whom and what.
create table study_orders (
    study_key  uuid        not null references studies on delete cascade,
    order_key  uuid        not null references orders,
    state      text        not null,             -- MATCHED UNCONFIRMED DIFFERS: only what is matched says anything of the study
    differs    text        not null default '',  -- names of what is not the same, separated by commas
    decided_at timestamptz not null default now(),
    primary key (study_key, order_key)
);
create index study_orders_order on study_orders (order_key);

-- Events of orders and patients that have had their effect: what comes again has none.
create table events_applied (
    applied_id uuid primary key,                 -- of ce_source and ce_id
    applied_at timestamptz not null default now()
);
create index events_applied_at on events_applied (applied_at);

-- Signed reports as they came by HL7, for report-service.
create table signed_reports (
    report_id          uuid primary key,         -- of sender, MSH-10 and content: the same message again is no second row
    peer               text        not null,
    message_type       text        not null,     -- ORU^R01, MDM^T02, …
    accession_issuer   text,
    accession_number   text,
    study_instance_uid text,
    message            bytea       not null,     -- as received
    received_at        timestamptz not null default now(),
    taken_at           timestamptz               -- when report-service had it
);
create index signed_reports_waiting on signed_reports (received_at) where taken_at is null;

-- An order's or a patient's key stands there too: rows of one key are sent one after the other.
alter table outbox drop constraint outbox_study_key_fkey;
comment on column outbox.study_key is 'key of the record: of a study, an order or a patient';
