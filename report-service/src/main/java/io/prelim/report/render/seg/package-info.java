/** Masks behind findings as DICOM Segmentations; called by {@code archive}. */
package io.prelim.report.render.seg;
