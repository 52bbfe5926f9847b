-- Claim, review, signature here or outside, addendum, correction, retraction.
alter table reports drop constraint reports_state_check;
alter table reports add constraint reports_state_check check (state in ('AWAITED', 'DRAFTING', 'SETTLED', 'CLAIMED', 'REVIEWED',
    'SIGNED_OUTSIDE', 'REVIEWED_SIGNED_OUTSIDE', 'SIGNED', 'ADDENDED', 'CORRECTED', 'RETRACTED'));
alter table reports
    add column settled boolean not null default false,
    -- who has it before them; a reader's id
    add column claimed_by text,
    add column claimed_since timestamptz,
    -- of the newest version: what waits for a decision, what models say otherwise than when it was signed
    add column proposals int not null default 0,
    add column discrepancies int not null default 0,
    add check ((claimed_by is null) = (claimed_since is null));
update reports set settled = state = 'SETTLED';
-- beside these something was signed already
update reports r set state = 'SIGNED_OUTSIDE' from report_versions v
where v.report_key = r.report_key and v.version = r.version and v.draft -> 'signedReportIds' <> '[]';

-- Frozen words quote the context they were frozen with; null where it is the version's own.
alter table report_versions add column quoted_context_id bigint references contexts;

-- Identified, as the words of a reader may name the patient: same access as contexts. Written once, with the version that says them.
create table reader_words (
    words_id   uuid not null primary key,
    report_key uuid not null,
    version    int  not null,
    words      text not null check (length(words) between 1 and 1000),
    foreign key (report_key, version) references report_versions
);
create index reader_words_by_report on reader_words (report_key);

-- Who moved a report, for the auditor: the version it became. No words, no patient.
create table report_moves (
    report_key uuid        not null,
    version    int         not null,
    move       text        not null check (move in ('CLAIM', 'RELEASE', 'REVIEW', 'SIGN', 'ADDEND', 'CORRECT', 'RETRACT')),
    reader     text        not null,
    moved_at   timestamptz not null,
    primary key (report_key, version),
    foreign key (report_key, version) references report_versions
);

create trigger reader_words_stay before update or delete on reader_words for each row execute function refuse_change();
create trigger reader_words_stay_all before truncate on reader_words for each statement execute function refuse_change();
create trigger report_moves_stay before update or delete on report_moves for each row execute function refuse_change();
create trigger report_moves_stay_all before truncate on report_moves for each statement execute function refuse_change();
