-- What the newest version of each report says models found, with what the images say of themselves: for questions over many reports.
-- No identity. Made of the facts; can be made anew.
create table report_findings (
    report_key         uuid             not null references reports,
    version            int              not null,
    study_key          uuid             not null,
    study_instance_uid text             not null,
    finding_id         uuid             not null,
    name               text             not null,
    scheme             text             not null,
    code               text             not null,
    meaning            text,
    laterality         text,
    presence           text             not null,
    probability        double precision not null,
    model_id           text             not null,
    model_version      text             not null,
    model_digest       text             not null,
    research_only      boolean          not null,
    modalities         text[]           not null,
    site               text,
    age_band           text,
    sex                text,
    analyzed_at        timestamptz      not null,
    primary key (report_key, finding_id)
);
create index report_findings_by_time on report_findings (analyzed_at desc, finding_id desc);
create index report_findings_by_code on report_findings (scheme, code, analyzed_at desc, finding_id desc);
create index report_findings_by_model on report_findings (model_id, analyzed_at desc, finding_id desc);

-- Sets what a report says: the findings of these answers, of a study in this revision.
create function set_report_findings(report uuid, of_version int, of_revision int, answers uuid[]) returns void language sql as $$
    delete from report_findings where report_key = report;
    insert into report_findings
    select report, of_version, o.study_key, o.event ->> 'studyInstanceUid',
        (f ->> 'findingId')::uuid, f ->> 'name', f -> 'code' ->> 'scheme', f -> 'code' ->> 'value', f -> 'code' ->> 'meaning',
        f ->> 'laterality', f ->> 'presence', (f ->> 'probability')::double precision,
        coalesce(o.event -> 'model' ->> 'id', ''), coalesce(o.event -> 'model' ->> 'version', ''),
        o.event -> 'model' ->> 'modelDigest', coalesce((o.event -> 'model' ->> 'researchOnly')::boolean, true),
        coalesce((select array_agg(distinct series ->> 'modality') from jsonb_array_elements(s.event -> 'series') series
            where series ->> 'modality' is not null), '{}'),
        s.event ->> 'site', s.event -> 'subject' ->> 'ageBand', s.event -> 'subject' ->> 'sex',
        (o.event ->> 'analyzedAt')::timestamptz
    from outcomes o
    cross join lateral jsonb_array_elements(coalesce(o.event -> 'findings', '[]')) f
    left join studies s on s.study_key = o.study_key and s.revision = of_revision
    where o.outcome_id = any(answers)
    on conflict do nothing;
$$;

-- Those of before.
select set_report_findings(r.report_key, r.version, v.revision,
    array(select answer::uuid from jsonb_array_elements_text(v.draft -> 'outcomeIds') answer))
from reports r join report_versions v on v.report_key = r.report_key and v.version = r.version
where r.status <> 'RETRACTED';
