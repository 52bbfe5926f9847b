/**
 * The reports API over HTTP: list, one report as JSON or text, its versions, the evidence behind its findings, and the live stream; and where inference hands evidence in. Identified, so answers are never
 * cached; each endpoint says which roles it is for, what is done with one report goes through {@code PatientRecords}, and what is asked of many
 * asks for the caller's sites.
 */
package io.prelim.report.web;
