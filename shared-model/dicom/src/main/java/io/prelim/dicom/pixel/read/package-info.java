/** Frames of an object: what other modules read pixels with. Any module may call it. */
package io.prelim.dicom.pixel.read;
