package io.prelim.dicom.pixel.jpegls;

import io.prelim.dicom.core.MalformedInput;

/** The lines of a scan or of one of its components, from the top. */
interface Lines {
    /** Begins as a scan begins: what lies above is 0. */
    void restart();

    /**
     * Decodes the next line.
     *
     * @param samples where the frame's samples go, by pixel
     * @param start of the line's first pixel
     */
    void next(short[] samples, int start) throws MalformedInput;
}
