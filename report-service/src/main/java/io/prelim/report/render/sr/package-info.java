/** A version of a report as a DICOM structured report: TID 1500 (PS3.16). Called by {@code web}. */
package io.prelim.report.render.sr;
