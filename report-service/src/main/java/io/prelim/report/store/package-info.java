/**
 * The tables of the service and nothing else: facts, reports, versions, the event log, the outbox, parked records, evidence,
 * local codes that nothing maps. Methods that change something join their caller's transaction; {@code desk} opens it.
 */
package io.prelim.report.store;
