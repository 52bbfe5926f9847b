/**
 * JPEG-LS (ISO/IEC 14495-1, ITU-T T.87): the code stream of one frame to its samples, for transfer syntaxes
 * 1.2.840.10008.1.2.4.80 and .81. Knows nothing of data sets: whoever turns frames into images calls it with the bytes of a
 * frame's fragments.
 */
package io.prelim.dicom.pixel.jpegls;
