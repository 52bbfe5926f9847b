-- What waits for a reader, by urgency: stat, then the likeliest urgent finding, then who waits longest.

-- As its model says.
alter table report_findings add column urgent boolean not null default false;

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
            where series ->> 'manufacturer' is not null), '{}'),
        coalesce((f ->> 'urgent')::boolean, false)
    from outcomes o
    cross join lateral jsonb_array_elements(coalesce(o.event -> 'findings', '[]')) f
    left join studies s on s.study_key = o.study_key and s.revision = of_revision
    where o.outcome_id = any(answers)
    on conflict do nothing;
$$;

-- Which findings are urgent whatever their model says: the site's setting, as the service that started last has it.
create table urgent_codes (
    scheme text not null,
    code   text not null,
    primary key (scheme, code)
);

alter table reports
    -- of the likeliest urgent finding that is not absent; 0 without one
    add column urgency double precision not null default 0,
    add column urgent_finding uuid,
    -- since its first version
    add column waiting_since timestamptz;
update reports r set waiting_since = v.created_at from report_versions v where v.report_key = r.report_key and v.version = 1;

create function set_urgency(report uuid) returns void language sql as $$
    update reports r set urgency = coalesce(u.probability, 0), urgent_finding = u.finding_id
    from (select) one left join lateral (
        select f.probability, f.finding_id from report_findings f
        where f.report_key = report and f.presence <> 'ABSENT'
            and (f.urgent or exists (select from urgent_codes c where c.scheme = f.scheme and c.code = f.code))
        order by f.probability desc, f.finding_id limit 1) u on true
    where r.report_key = report
        and (r.urgency, r.urgent_finding) is distinct from (coalesce(u.probability, 0), u.finding_id);
$$;

-- Where reports are signed elsewhere a reviewed one waits only for what was proposed since; where they are signed here it waits for that too.
create index reports_waiting on reports ((priority <> 'STAT'), (-urgency), first_sequence)
    where status <> 'RETRACTED' and (state in ('DRAFTING', 'SETTLED', 'CLAIMED') or state = 'REVIEWED' and proposals > 0);
create index reports_unsigned on reports ((priority <> 'STAT'), (-urgency), first_sequence)
    where status <> 'RETRACTED' and state in ('DRAFTING', 'SETTLED', 'CLAIMED', 'REVIEWED');
