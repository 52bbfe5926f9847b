/**
 * The legal moves of a report, of facts ({@link io.prelim.report.lifecycle.ReportState#revise}) and of readers ({@link
 * io.prelim.report.lifecycle.ReportState#ask}). Pure; called by {@code desk}, which applies what is decided here, and {@code store},
 * which keeps states.
 */
package io.prelim.report.lifecycle;
