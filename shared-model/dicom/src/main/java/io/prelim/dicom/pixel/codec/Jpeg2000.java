package io.prelim.dicom.pixel.codec;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.Photometric;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.PixelRefusal;
import java.awt.image.Raster;
import java.util.Arrays;

/** JPEG 2000 part 1 (ITU-T T.800), reversible or not. */
final class Jpeg2000 implements Codec {
    /** Bytes of a tile-part's two markers (annexes A.4.2 and A.4.3). */
    private static final int TILE_PART = 14;

    @Override
    public Frame decode(byte[] fragments, ImageDescription image, PixelLimits limits) throws MalformedInput {
        int start = Jpeg2000Header.start(fragments);
        // PS3.5 annex A.4.4 has no boxes; what they say, of palettes for one, does not hold here
        byte[] stream = start == 0 ? fragments : Arrays.copyOfRange(fragments, start, fragments.length);
        Jpeg2000Header header = Jpeg2000Header.of(stream);
        check(header, stream.length, image, limits);
        Raster raster =
                BoundedDecode.run(stream, limits.deadline(), in -> ImageReaders.read("jpeg2000", warning -> true, in));
        Photometric photometric =
                switch (image.photometric()) {
                    case YBR_ICT, YBR_RCT -> Photometric.RGB;
                    case YBR_FULL_422, YBR_PARTIAL_422, YBR_PARTIAL_420 -> Photometric.YBR_FULL;
                    default -> image.photometric();
                };
        boolean bounded = !header.reversible() && header.signed() == image.signed();
        return Samples.frame(raster, image, photometric, bounded ? header.precision() : 0);
    }

    private static void check(Jpeg2000Header header, int length, ImageDescription image, PixelLimits limits)
            throws MalformedInput {
        if (header.rows() != image.rows()
                || header.columns() != image.columns()
                || header.components() != image.samples()) {
            throw PixelRefusal.structure("JPEG 2000 frame of another size than its image", 0, -1);
        }
        if (header.highThroughput()) {
            throw PixelRefusal.unsupported("no decoder for high throughput JPEG 2000");
        }
        Samples.check(header.precision(), image);
        if (header.tiles() > length / TILE_PART || header.tiles() * header.packets() > length) {
            throw PixelRefusal.truncated("JPEG 2000 code stream too short for its tiles", length, header.tiles());
        }
        if (image.pixels() * image.samples() > (long) limits.maxSamplesPerByte() * length) {
            throw PixelRefusal.limit("more samples a byte of JPEG 2000 than allowed", length);
        }
    }
}
