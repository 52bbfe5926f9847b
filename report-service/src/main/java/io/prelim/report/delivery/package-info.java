/**
 * Results on their way out: each destination is a cursor over the event log, with a queue in the database that is worked off until everything
 * is there, once in effect. What the destinations are is told by {@code archive}, {@code mllp} and {@code webhook}. Called by these and by
 * {@code web}; see deploy/docs/deliveries.md.
 */
package io.prelim.report.delivery;
