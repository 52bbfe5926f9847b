/** A version of a report, and findings of many reports, as FHIR R4. Called by {@code web}. */
package io.prelim.report.render.fhir;
