-- Signed reports are held against studies as orders are, and told of to report-service.
alter table signed_reports
    add column patient_key    uuid,              -- as the report names the patient; merges are links, and rewrite nothing
    add column patient_issuer text,
    add column patient_id     text,
    add column patient_name   text,
    add column birth_date     text,
    add column sex            text,
    add column status         text,              -- FINAL CORRECTED ADDENDUM
    add column signed_at      timestamptz,       -- by the sender's clock
    add column report_text    text;              -- null where it holds none
drop index signed_reports_waiting;
alter table signed_reports drop column taken_at;
create index signed_reports_accession on signed_reports (accession_issuer, accession_number) where accession_number is not null;
create index signed_reports_study on signed_reports (study_instance_uid) where study_instance_uid is not null;
create index signed_reports_patient on signed_reports (patient_key);
create index signed_reports_received on signed_reports (received_at);

-- Which study was reported by which signed report, as far as both agree about whom and what.
create table study_signed_reports (
    study_key  uuid        not null references studies on delete cascade,
    report_id  uuid        not null references signed_reports on delete cascade,
    state      text        not null,             -- MATCHED UNCONFIRMED DIFFERS: only what is matched is told of
    differs    text        not null default '',  -- names of what is not the same, separated by commas
    decided_at timestamptz not null default now(),
    taken_at   timestamptz,                      -- when report-service was seen to have it
    primary key (study_key, report_id)
);
create index study_signed_reports_report on study_signed_reports (report_id);

create index orders_changed on orders (changed_at);
