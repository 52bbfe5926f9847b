/** What a report's DICOM objects have in common; called by {@code render.sr} and {@code render.seg}. */
package io.prelim.report.render.dicom;
