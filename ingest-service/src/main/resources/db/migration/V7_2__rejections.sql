-- Instances that a rejection note (IHE RAD IOCM) took back. Notes may come before what they name, so these need not be here yet.

create table rejections (
    issuer           text        not null,
    sop_instance_uid text        not null,
    study_key        uuid        not null,
    code             text        not null,       -- of the note's title, DCM: 113001 113037 113038 113039
    note_uid         text        not null,
    rejected_at      timestamptz not null default clock_timestamp(),
    lifted_at        timestamptz,                -- sent again, which 113039 alone allows
    applied_at       timestamptz,                -- null: its study has not been looked at since
    primary key (issuer, sop_instance_uid)
);
create index rejections_study on rejections (study_key);
create index rejections_new on rejections (study_key) where applied_at is null;
