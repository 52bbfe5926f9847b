/**
 * The one way out to addresses that others may have chosen: which they may be, and a client that goes there and nowhere else. Called by {@code webhook}.
 */
package io.prelim.report.egress;
