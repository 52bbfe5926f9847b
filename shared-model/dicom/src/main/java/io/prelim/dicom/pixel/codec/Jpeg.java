package io.prelim.dicom.pixel.codec;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.Photometric;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.PixelRefusal;
import io.prelim.dicom.pixel.jpeg.JpegDecoder;
import java.awt.image.Raster;

/**
 * JPEG (ITU-T T.81): sequential by discrete cosine transform of 8 bits, by a library, or 12, and lossless of up to 16, by ours. The stream
 * is believed about its process and its colours, whatever the transfer syntax and the data set say: writers err there.
 */
final class Jpeg implements Codec {
    private static final int BASELINE = 0;
    private static final int EXTENDED = 1;
    private static final int LOSSLESS = 3;
    /** Samples a byte can stand for: a block of 64 takes a bit and one more, and may be widened fourfold. */
    private static final int MOST_OF_BLOCKS = 1024;
    /** A lossless difference takes a bit. */
    private static final int MOST_LOSSLESS = 8;

    @Override
    public Frame decode(byte[] stream, ImageDescription image, PixelLimits limits) throws MalformedInput {
        JpegHeader header = JpegHeader.of(stream);
        check(header, stream.length, image);
        // a code stream without signs does not tell where those of its samples were
        int lossyBits = header.process() == LOSSLESS || image.signed() ? 0 : header.precision();
        // the library reads lossless greys too, but of one stream in thousands the last sample stays 0
        if (header.process() == LOSSLESS || header.precision() != 8) {
            return Samples.frame(JpegDecoder.decode(stream), image, photometric(header, image), lossyBits);
        }
        Raster raster = BoundedDecode.run(stream, limits.deadline(), in -> ImageReaders.read("jpeg", Jpeg::fatal, in));
        return Samples.frame(raster, image, photometric(header, image), lossyBits);
    }

    private static void check(JpegHeader header, int length, ImageDescription image) throws MalformedInput {
        if (header.rows() != image.rows()
                || header.columns() != image.columns()
                || header.components() != image.samples()) {
            throw PixelRefusal.structure("JPEG frame of another size than its image", 0, -1);
        }
        int process = header.process();
        if (process != BASELINE && process != EXTENDED && process != LOSSLESS) {
            throw PixelRefusal.unsupported("no decoder for JPEG frames of SOF" + process);
        }
        boolean legal = process == LOSSLESS
                ? header.precision() >= 2 && header.precision() <= 16
                : header.precision() == 8 || header.precision() == 12;
        if (!legal) {
            throw PixelRefusal.structure("JPEG precision out of its range", 0, header.precision());
        }
        Samples.check(header.precision(), image);
        long most = process == LOSSLESS ? MOST_LOSSLESS : MOST_OF_BLOCKS;
        if (image.pixels() * image.samples() > most * length) {
            throw PixelRefusal.truncated("JPEG code stream too short for its image", length, length);
        }
    }

    /** Whether a warning of the library is on coded data: it fills what is missing with grey. */
    private static boolean fatal(String warning) {
        return (warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous"))
                || warning.startsWith("Premature end");
    }

    private static Photometric photometric(JpegHeader header, ImageDescription image) {
        if (image.samples() == 1) {
            return image.photometric();
        }
        return switch (header.colour()) {
            case RGB -> Photometric.RGB;
            case YBR -> Photometric.YBR_FULL;
            case UNSAID -> image.photometric() == Photometric.RGB ? Photometric.RGB : Photometric.YBR_FULL;
        };
    }
}
