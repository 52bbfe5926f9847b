/**
 * Studies of the past that one more model is to answer, by command: chosen once, asked a bounded number at a time through the outbox,
 * on the routine lane. Called by {@code web}, and by {@code intake} for what the planner says; calls {@code ledger} and {@code publish}.
 */
package io.prelim.ingest.backfill;
