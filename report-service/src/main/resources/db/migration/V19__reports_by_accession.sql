-- Reports of an accession number: a question of FHIR clients.
create index contexts_by_accession on contexts (md5(event ->> 'accessionNumber')) where event ->> 'accessionNumber' is not null;
create index report_findings_by_id on report_findings (finding_id);
