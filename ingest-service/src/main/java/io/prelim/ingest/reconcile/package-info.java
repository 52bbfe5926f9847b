/**
 * Finds studies that stand still: they wait too long for what goes on by itself. It tells their operator, shows them, and sets going
 * what can be: nothing is sent from here, but what must be told is told again by the relay, and what must be assembled is by completion.
 * What a study waits for is decided in {@link io.prelim.ingest.ledger.Waits}. Nobody calls it.
 */
package io.prelim.ingest.reconcile;
