-- What readers made of drafts: ReportReviewed, coded differences alone. No identity. Written once; a review has one id however often it
-- is told.
create table reviews (
    review_id   uuid        primary key,
    report_key  uuid        not null references reports,
    event       json        not null,
    reviewed_at timestamptz not null
);
create index reviews_by_report on reviews (report_key, reviewed_at);

-- What Kafka has not acknowledged yet, as in outbox; positions count reviews, and may have gaps.
create table review_outbox (
    position      bigint      generated always as identity primary key,
    report_key    uuid        not null,
    event         json        not null,
    logged_at     timestamptz not null,
    claimed_until timestamptz not null default '-infinity',
    attempts      int         not null default 0
);
create index review_outbox_by_report on review_outbox (report_key, position);
