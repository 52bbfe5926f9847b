/** Where frames lie in the bytes of a pixel data value, found by reading ranges of it. Called by {@code pixel.read}; a store may implement {@code PixelBytes}. */
package io.prelim.dicom.pixel.locate;
