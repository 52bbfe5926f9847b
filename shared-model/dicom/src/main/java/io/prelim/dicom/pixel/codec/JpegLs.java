package io.prelim.dicom.pixel.codec;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.PixelRefusal;
import io.prelim.dicom.pixel.jpegls.JpegLsDecoder;
import io.prelim.dicom.pixel.jpegls.JpegLsImage;
import io.prelim.dicom.pixel.jpegls.JpegLsLimits;

/** JPEG-LS (ITU-T T.87), lossless and not, by a decoder of ours. */
final class JpegLs implements Codec {
    @Override
    public Frame decode(byte[] stream, ImageDescription image, PixelLimits limits) throws MalformedInput {
        long samples = image.pixels() * image.samples();
        if (samples > JpegLsLimits.DEFAULT.maxSamples()) {
            throw PixelRefusal.limit("more samples than a JPEG-LS frame is decoded to", samples);
        }
        JpegLsImage decoded = JpegLsDecoder.decode(
                stream, JpegLsLimits.DEFAULT.withMaxSamples((int) samples).within(limits.deadline()));
        if (decoded.height() != image.rows()
                || decoded.width() != image.columns()
                || decoded.components() != image.samples()) {
            throw PixelRefusal.structure("JPEG-LS frame of another size than its image", 0, -1);
        }
        Samples.check(decoded.bitsPerSample(), image);
        // a code stream without signs does not tell where those of its samples were
        boolean bounded = decoded.near() > 0 && !image.signed();
        return Samples.frame(decoded.samples(), image, image.photometric(), bounded ? decoded.bitsPerSample() : 0);
    }
}
