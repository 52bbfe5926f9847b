-- How far apart each sender's images of a study come: what a learned quiet period follows from.

alter table studies add column last_image_at      timestamptz;
alter table studies add column longest_gap_millis bigint;     -- between two of its images, as far as it is no pause between two examinations
alter table studies add column quiet_millis       bigint;     -- of the last image
alter table studies add column quiet_gaps         bigint;     -- that it was learned from; null: it was set
alter table studies add column quiet_set_millis   bigint;     -- what it would be had nothing been learned

create table arrival_gaps (
    sender     text               not null,    -- calling AE title, or what its door calls it
    modality   text               not null,    -- empty where images do not say
    studies    bigint             not null,
    gaps       bigint             not null,
    weights    double precision[] not null,    -- a histogram of studies by their longest gap
    changed_at timestamptz        not null default now(),
    primary key (sender, modality)
);
