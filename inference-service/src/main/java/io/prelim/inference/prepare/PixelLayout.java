package io.prelim.inference.prepare;

import io.prelim.events.StudyManifest.Image;
import java.util.Set;

/**
 * How native pixel data lies in its part (PS3.3 C.7.6.3, PS3.5 8.1.1): uncompressed, little endian, 8 or 16 bits allocated, one grey
 * sample or three colour samples, one frame.
 *
 * @param length          bytes the pixels take, without padding
 * @param bytesPerSample  1 or 2
 * @param shift           bits below the stored value: high bit + 1 - bits stored
 * @param colour          samples to grey
 */
record PixelLayout(
        int rows,
        int columns,
        long length,
        int bytesPerSample,
        int bitsStored,
        int shift,
        boolean signed,
        boolean planar,
        Colour colour,
        double slope,
        double intercept) {
    enum Colour {
        /** Minimum is black. */
        GREY,
        /** Minimum is white. */
        INVERTED,
        /** Weighted sum (ITU-R BT.601): 0.299 R + 0.587 G + 0.114 B. */
        RGB,
        /** The first sample is that weighted sum (PS3.3 C.7.6.3.1.2). */
        YBR
    }

    private static final Set<String> LITTLE_ENDIAN_NATIVE = Set.of("1.2.840.10008.1.2", "1.2.840.10008.1.2.1");

    /**
     * @param maxPixels rows × columns allowed
     * @throws UnpreparedImage if the image says something else, or nonsense
     */
    static PixelLayout of(Image image, long maxPixels) throws UnpreparedImage {
        if (!LITTLE_ENDIAN_NATIVE.contains(image.transferSyntaxUid())) {
            throw new UnpreparedImage(
                    "unsupported-transfer-syntax",
                    "The image has transfer syntax " + plainUid(image.transferSyntaxUid())
                            + "; uncompressed little endian is read.");
        }
        if (image.pixels() == null) {
            throw new UnpreparedImage("no-pixel-data", "The image has no pixel data.");
        }
        if (image.rows() < 1 || image.columns() < 1) {
            throw new UnpreparedImage(
                    "pixel-length-mismatch",
                    "The image says it has " + image.rows() + " rows and " + image.columns() + " columns.");
        }
        if (image.frames() != 1) {
            throw new UnpreparedImage(
                    "multi-frame", "The image has " + image.frames() + " frames; the model reads single images.");
        }
        long pixels = (long) image.rows() * image.columns();
        if (pixels > maxPixels) {
            throw new UnpreparedImage(
                    "too-many-pixels", "The image has " + pixels + " pixels; at most " + maxPixels + " are read.");
        }
        Colour colour = colour(image);
        checkBits(image);
        int bytes = image.bitsAllocated() / 8;
        long length = Math.multiplyExact(Math.multiplyExact(pixels, (long) image.samplesPerPixel()), (long) bytes);
        long stored = image.pixels().length();
        // a value of odd length has one byte of padding (PS3.5 8.1.1)
        if (stored != length && stored != length + (length & 1)) {
            throw new UnpreparedImage(
                    "pixel-length-mismatch",
                    "The pixel data has " + stored + " bytes; " + image.rows() + " rows × " + image.columns()
                            + " columns × " + image.samplesPerPixel() + " samples × " + bytes + " bytes are " + length
                            + ".");
        }
        return new PixelLayout(
                image.rows(),
                image.columns(),
                length,
                bytes,
                image.bitsStored(),
                image.highBit() + 1 - image.bitsStored(),
                image.pixelRepresentation() == 1,
                image.samplesPerPixel() == 3 && image.planarConfiguration() == 1,
                colour,
                image.rescaleSlope(),
                image.rescaleIntercept());
    }

    private static Colour colour(Image image) throws UnpreparedImage {
        String photometric = String.valueOf(image.photometricInterpretation());
        int samples = image.samplesPerPixel();
        if (samples == 1 && photometric.equals("MONOCHROME2")) {
            return Colour.GREY;
        }
        if (samples == 1 && photometric.equals("MONOCHROME1")) {
            return Colour.INVERTED;
        }
        if (samples == 3 && photometric.equals("RGB")) {
            return Colour.RGB;
        }
        if (samples == 3 && photometric.equals("YBR_FULL")) {
            return Colour.YBR;
        }
        throw new UnpreparedImage(
                "unsupported-pixel-format",
                "The image has " + samples + " samples a pixel and photometric interpretation "
                        + (photometric.matches("[A-Z0-9_ ]{1,16}") ? photometric : "(not a code)") + ".");
    }

    private static void checkBits(Image image) throws UnpreparedImage {
        int allocated = image.bitsAllocated();
        int stored = image.bitsStored();
        boolean sane = (allocated == 8 || allocated == 16)
                && stored >= 1
                && stored <= allocated
                && image.highBit() < allocated
                && image.highBit() >= stored - 1
                && (image.pixelRepresentation() == 0 || image.pixelRepresentation() == 1)
                && (image.planarConfiguration() == 0 || image.planarConfiguration() == 1)
                && Double.isFinite(image.rescaleSlope())
                && Double.isFinite(image.rescaleIntercept());
        if (!sane) {
            throw new UnpreparedImage(
                    "unsupported-pixel-format",
                    "The image has " + allocated + " bits allocated, " + stored + " stored, high bit "
                            + image.highBit() + ", pixel representation " + image.pixelRepresentation()
                            + ", rescale slope " + image.rescaleSlope() + " and intercept " + image.rescaleIntercept()
                            + ".");
        }
    }

    private static String plainUid(String uid) {
        return uid != null && uid.matches("[0-9.]{1,64}") ? uid : "(not a UID)";
    }
}
