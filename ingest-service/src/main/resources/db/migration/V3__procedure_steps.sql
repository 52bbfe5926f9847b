-- What modalities say they do: performed procedure steps, without identity. Studies need not be here yet.

create table procedure_steps (
    issuer           text        not null,
    sop_instance_uid text        not null,
    status           text        not null,       -- IN_PROGRESS COMPLETED DISCONTINUED
    modality         text,
    calling_ae       text        not null,
    created_at       timestamptz not null default now(),
    changed_at       timestamptz not null default now(),
    ended_at         timestamptz,                -- when it was told to be completed or discontinued
    primary key (issuer, sop_instance_uid)
);

create table procedure_step_studies (
    issuer             text not null,
    sop_instance_uid   text not null,
    study_key          uuid not null,            -- of a study that may come later
    study_instance_uid text not null,
    primary key (issuer, sop_instance_uid, study_key),
    foreign key (issuer, sop_instance_uid) references procedure_steps
);
create index procedure_step_studies_study on procedure_step_studies (study_key);

create table procedure_step_series (
    issuer              text   not null,
    sop_instance_uid    text   not null,
    series_instance_uid text   not null,
    images              bigint not null,         -- instances announced
    others              bigint not null,
    primary key (issuer, sop_instance_uid, series_instance_uid),
    foreign key (issuer, sop_instance_uid) references procedure_steps
);
