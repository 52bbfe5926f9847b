/**
 * What happened to each study, end to end: stages, forward only per revision. Whoever makes something true records it through
 * {@link io.prelim.ingest.ledger.Ledger}; intake enters what other services tell through {@link io.prelim.ingest.ledger.Progress};
 * web shows {@link io.prelim.ingest.ledger.StudyViews}. It knows no other room.
 */
package io.prelim.ingest.ledger;
