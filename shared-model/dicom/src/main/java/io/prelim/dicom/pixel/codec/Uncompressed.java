package io.prelim.dicom.pixel.codec;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.PixelRefusal;
import java.util.Arrays;

/** Native samples in a fragment (PS3.5 annex A.4.11). */
final class Uncompressed implements Codec {
    @Override
    public Frame decode(byte[] stream, ImageDescription image, PixelLimits limits) throws MalformedInput {
        int length = (int) image.frameBytes();
        if (stream.length < length) {
            throw PixelRefusal.truncated("frame shorter than its image", stream.length, length);
        }
        return new Frame(image, stream.length == length ? stream : Arrays.copyOf(stream, length));
    }
}
