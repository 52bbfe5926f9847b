/**
 * What happened to each study, end to end: stages, forward only per revision. Whoever makes something true records it through
 * {@link io.prelim.ingest.ledger.Ledger}; intake records what other services tell; web shows it. It knows no other room.
 */
package io.prelim.ingest.ledger;
