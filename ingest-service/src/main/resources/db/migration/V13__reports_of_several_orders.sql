-- A signed report may be of several orders and studies: those after the first.
alter table signed_reports
    add column further_accessions text[] not null default '{}',
    add column further_studies    text[] not null default '{}';
create index signed_reports_further_accessions on signed_reports using gin (further_accessions);
create index signed_reports_further_studies on signed_reports using gin (further_studies);
