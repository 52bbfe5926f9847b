-- A site's findings, and that it has none.
create index report_findings_by_site on report_findings (site, analyzed_at desc, finding_id desc);
