-- Whose a study is, as its newest revision says: who may see a report is asked with every question.
alter table report_studies add column site text;
update report_studies set site = (select event ->> 'site' from studies s where s.study_key = report_studies.study_key
    order by revision desc limit 1);
create index report_studies_by_site on report_studies (site, report_key);

-- That of all its studies; null unless they are of one.
create function site_of_report(report uuid) returns text language sql stable as $$
    select case when count(site) = count(*) and min(site) = max(site) then min(site) end
    from report_studies where report_key = report;
$$;

-- Who saw or changed what of a patient, or was refused: FHIR AuditEvents as they were recorded. Identified, and only appended to.
create table audit_events (
    audit_id    bigint      generated always as identity primary key,
    event_id    uuid        not null unique,
    recorded_at timestamptz not null,
    actor       text        not null,
    action      text        not null check (action in ('READ', 'QUERY', 'CREATE', 'UPDATE')),
    refused     boolean     not null,
    -- of what it was about; null where it is not known
    site        text,
    record_key  uuid,
    event       json        not null
);
create index audit_events_by_time on audit_events (recorded_at);
create index audit_events_by_actor on audit_events (actor, audit_id);
create index audit_events_by_record on audit_events (record_key, audit_id) where record_key is not null;

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.recorded_at < clock_timestamp() - interval '365 days' then
            return old;
        end if;
    end if;
    raise exception 'an audit event is never changed, and stays for a year at least' using errcode = 'restrict_violation';
end
$$;
create trigger audit_events_stay before update or delete on audit_events
    for each row execute function refuse_audit_change();
create trigger audit_events_stay_all before truncate on audit_events
    for each statement execute function refuse_audit_change();
