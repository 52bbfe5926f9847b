/** JPEG that no library here decodes (ITU-T T.81): sequential of 12 bits, lossless of bits odd in number or of wide colours. Called by {@code pixel.codec}. */
package io.prelim.dicom.pixel.jpeg;
