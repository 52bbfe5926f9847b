/** From a frame's code stream to its samples: a codec a transfer syntax, each within bounds in memory and time. Called by {@code pixel.read}; others may, who have the code stream. */
package io.prelim.dicom.pixel.codec;
