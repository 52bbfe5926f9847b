/**
 * Reports as a FHIR R4 server gives them: read, versions, search, and what the server can. Refusals are OperationOutcomes. Identified, as
 * {@code io.prelim.report.web} is.
 */
package io.prelim.report.web.fhir;
