/** JPEG that no library here decodes, or not to the last sample (ITU-T T.81): sequential of 12 bits, and lossless. Called by {@code pixel.codec}. */
package io.prelim.dicom.pixel.jpeg;
