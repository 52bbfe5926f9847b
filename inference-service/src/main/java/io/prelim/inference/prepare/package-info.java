/**
 * From pixels as stored to the tensors a manifest declares, of frames and of volumes; the arithmetic all models share. {@code analyze}
 * calls it; it knows {@code model}, the events and the DICOM core alone.
 */
package io.prelim.inference.prepare;
