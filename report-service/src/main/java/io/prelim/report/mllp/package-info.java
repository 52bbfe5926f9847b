/** Receivers of HL7 v2 results over MLLP as destinations. Called by {@code delivery}; see deploy/docs/deliveries.md. */
package io.prelim.report.mllp;
