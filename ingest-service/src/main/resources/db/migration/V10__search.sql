-- What searches over DICOMweb (QIDO-RS) ask for and the index had not; what images say of themselves is in instances.attributes.

alter table study_identity add column study_time text;
alter table study_identity add column study_id text;
alter table study_identity add column referring_physician text;

-- Series as their first instance describes them; identified, since descriptions and request ids may name a patient.
create table series (
    study_key              uuid    not null references studies on delete cascade,
    series_instance_uid    text    not null,
    modality               text,
    series_number          integer,
    series_description     text,
    step_start_date        text,                 -- performed procedure step
    step_start_time        text,
    scheduled_step_id      text,
    requested_procedure_id text,
    described              boolean not null default true, -- false: received before this table was; a look into its header is due
    primary key (study_key, series_instance_uid)
);
insert into series (study_key, series_instance_uid, modality, described)
    select study_key, series_instance_uid, min(attributes ->> 'modality'), false from instances group by 1, 2;
create index series_not_described on series (study_key) where not described;

-- A study's instances, page by page.
create index instances_series on instances (study_key, series_instance_uid, sop_instance_uid);
drop index instances_study;
create index rejections_note on rejections (note_uid);

create index studies_received on studies (issuer, received_at desc, study_key);
create index study_identity_patient on study_identity (patient_id text_pattern_ops);
drop index study_identity_accession;
create index study_identity_accession on study_identity (accession_number text_pattern_ops);
create index study_identity_date on study_identity (study_date);
create index study_identity_name
    on study_identity ((rtrim(lower(split_part(patient_name, '=', 1)), '^')) text_pattern_ops);
