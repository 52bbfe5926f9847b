package io.prelim.dicom.pixel.codec;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.PixelLimits;

/** One way to encode frames. Has no state: any thread may call it. */
interface Codec {
    /**
     * Decodes a frame.
     *
     * @param stream the frame's code stream, perhaps with a byte of padding
     * @param image what the data set says of the image
     * @throws MalformedInput when the stream is cut, contradicts itself or the data set, passes a limit, or uses what is not
     *     read here
     */
    Frame decode(byte[] stream, ImageDescription image, PixelLimits limits) throws MalformedInput;
}
