-- What may end a study's quiet period early. Studies need not be here yet.

-- UIDs of the instances a step is told to have made; null: not told, or not each by its UID.
alter table procedure_steps add column announced text[];

create table announcements (
    issuer           text        not null,
    source           text        not null,       -- mpps, ian
    sop_instance_uid text        not null,       -- of the step or notification
    study_key        uuid        not null,
    instances        text[]      not null,       -- SOP Instance UIDs, each once
    state            text        not null,       -- WAITING, MET: the instances came, NONE: nothing follows from it
    told_at          timestamptz not null default now(),
    primary key (issuer, source, sop_instance_uid, study_key)
);
create index announcements_waiting on announcements (study_key) where state = 'WAITING';
create index announcements_told on announcements (told_at);

-- Of studies whose sender has an archive that is asked how many instances it has.
alter table studies add column ask_archive text;        -- by its name in the configuration
alter table studies add column ask_at      timestamptz; -- null: not to be asked
alter table studies add column ask_until   timestamptz; -- how long it is waited for what the archive has more
create index studies_ask on studies (ask_at) where ask_at is not null;
