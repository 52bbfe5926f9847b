-- Who made what the images were taken with: to compare findings by scanner. Of studies that are told of from now on.
alter table report_findings add column manufacturers text[] not null default '{}';

create or replace function set_report_findings(report uuid, of_version int, of_revision int, answers uuid[]) returns void language sql as $$
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
        (o.event ->> 'analyzedAt')::timestamptz,
        coalesce((select array_agg(distinct series ->> 'manufacturer') from jsonb_array_elements(s.event -> 'series') series
            where series ->> 'manufacturer' is not null), '{}')
    from outcomes o
    cross join lateral jsonb_array_elements(coalesce(o.event -> 'findings', '[]')) f
    left join studies s on s.study_key = o.study_key and s.revision = of_revision
    where o.outcome_id = any(answers)
    on conflict do nothing;
$$;
