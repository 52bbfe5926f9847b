/**
 * Where facts meet: stores each, lets {@code draft} and {@code lifecycle} decide, and applies what they decide in one transaction
 * (fact, version, event log, outbox). Called by {@code intake}; watches the deadlines itself.
 */
package io.prelim.report.desk;
