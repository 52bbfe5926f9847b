-- What was signed in the reporting system. Identified, as its words may name the patient: same access as contexts.
create table signed_reports (
    signed_report_id uuid        not null,
    study_key        uuid        not null,
    event            jsonb       not null,
    received_at      timestamptz not null default clock_timestamp(),
    primary key (study_key, signed_report_id)
);
