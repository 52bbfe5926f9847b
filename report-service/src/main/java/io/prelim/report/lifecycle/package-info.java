/**
 * The legal moves of a report. Pure; called by {@code desk}, which applies what is decided here.
 *
 * <p>Claim, review, signature, addendum, correction and retraction become further states of {@link
 * io.prelim.report.lifecycle.ReportState}; the compiler then names every place that must decide about them.
 */
package io.prelim.report.lifecycle;
