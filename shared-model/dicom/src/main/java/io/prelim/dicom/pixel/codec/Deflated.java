package io.prelim.dicom.pixel.codec;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.PixelRefusal;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Native samples, deflated a frame at a time (PS3.5 annex A.4.12, RFC 1951). */
final class Deflated implements Codec {
    /** Bytes that a byte can stand for: 258 of a match take two bits at least. */
    private static final int MOST = 1032;

    @Override
    public Frame decode(byte[] stream, ImageDescription image, PixelLimits limits) throws MalformedInput {
        long length = image.frameBytes();
        if (length > (long) MOST * stream.length) {
            throw PixelRefusal.truncated("deflated frame too short for its image", stream.length, length);
        }
        byte[] samples = new byte[(int) length];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(stream);
            int count = 0;
            while (count < samples.length) {
                int some = inflater.inflate(samples, count, samples.length - count);
                if (some == 0) {
                    throw PixelRefusal.truncated("deflated frame shorter than its image", stream.length, count);
                }
                count += some;
            }
            // one byte of padding is due where the samples are odd in number
            if (inflater.inflate(new byte[2]) > 1) {
                throw PixelRefusal.structure("deflated frame longer than its image", stream.length, length);
            }
        } catch (DataFormatException e) {
            throw PixelRefusal.structure("not deflated data", inflater.getBytesRead(), -1);
        } finally {
            inflater.end();
        }
        return new Frame(image, samples);
    }
}
