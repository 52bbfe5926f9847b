/** A version of a report as an HL7 v2.5.1 ORU^R01. Called by {@code web}. */
package io.prelim.report.render.hl7;
