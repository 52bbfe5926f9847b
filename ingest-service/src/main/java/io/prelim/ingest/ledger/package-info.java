/**
 * What happened to each study, end to end: facts, and the stages they bring it to, forward only per revision. Whoever makes something
 * true records it through {@link io.prelim.ingest.ledger.Ledger}; intake enters what other services tell through
 * {@link io.prelim.ingest.ledger.Progress}; web shows {@link io.prelim.ingest.ledger.StudyViews} and
 * {@link io.prelim.ingest.ledger.Timelines}. What a study waits for is decided in {@link io.prelim.ingest.ledger.Waits}, which is pure.
 * It knows no other room.
 */
package io.prelim.ingest.ledger;
