-- Earlier studies of a patient are found by the context's patient id: by its digest, as an id may be longer than an index takes.
create index contexts_by_patient on contexts (md5(event ->> 'patientId')) where event ->> 'patientId' is not null;

-- Local procedure codes that nothing maps, once a study; no identity. For the site, which maps them.
create table unmapped_procedures (
    scheme    text        not null,
    code      text        not null,
    study_key uuid        not null,
    seen_at   timestamptz not null default clock_timestamp(),
    primary key (scheme, code, study_key)
);
create index unmapped_procedures_by_time on unmapped_procedures (seen_at);
