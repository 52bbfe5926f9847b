package io.prelim.dicom.pixel.read;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.Images;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Images of three frames, a ramp, noise over the whole range, and edges from the least to the greatest value; the same each time. */
enum GeneratedImage {
    GREY_8(8, false, 1),
    GREY_8_SIGNED(8, true, 1),
    GREY_11(11, false, 1),
    GREY_12(12, false, 1),
    GREY_12_SIGNED(12, true, 1),
    GREY_16(16, false, 1),
    GREY_16_SIGNED(16, true, 1),
    RGB_8(8, false, 3),
    RGB_16(16, false, 3);

    /** Neither even nor a multiple of what a codec takes in one go. */
    private static final int ROWS = 45;

    private static final int COLUMNS = 67;
    private static final int FRAMES = 3;

    private final int bits;
    private final boolean signed;
    private final int samples;

    GeneratedImage(int bits, boolean signed, int samples) {
        this.bits = bits;
        this.signed = signed;
        this.samples = samples;
    }

    /** Whether a program encodes this kind so that it can itself read it again. */
    static boolean encodes(String tool, GeneratedImage image) {
        boolean lossyJpegOfGdcm = tool.contains("gdcmconv --jpeg --lossy");
        if (image == RGB_16) {
            // DCMTK 3.6.7 mixes up the planes of more than 8 bits where they are not interleaved, GDCM 3.0 writes none
            boolean planes = tool.contains("dcmcjpls +en") && tool.endsWith("+in");
            return !planes
                    && (!tool.contains("gdcmconv") || tool.endsWith("--implicit") || tool.endsWith("--deflated"));
        }
        // signed is refused where it would be near-lossless, and GDCM's 12 bit encoder overflows
        boolean nearLosslessOfDcmtk = tool.contains("dcmcjpls +en");
        return !(nearLosslessOfDcmtk && image.signed) && !(lossyJpegOfGdcm && image.bits > 8);
    }

    int bits() {
        return bits;
    }

    /** Stored values of all frames, by pixel. */
    long[] samples() {
        long[] values = new long[FRAMES * ROWS * COLUMNS * samples];
        Random random = new Random(bits);
        long range = 1L << bits;
        for (int i = 0; i < values.length; i++) {
            int pixel = i / samples % (ROWS * COLUMNS);
            int x = pixel % COLUMNS;
            int y = pixel / COLUMNS;
            int sample = i % samples;
            long value =
                    switch (i / (ROWS * COLUMNS * samples)) {
                        case 0 -> (x * 3 + y * 5 + sample * 7) * Math.max(1, range >> 8) % range;
                        case 1 -> random.nextInt((int) range);
                        default -> (x / 13 + y / 7 + sample) % 3 == 0 ? range - 1 : 0;
                    };
            values[i] = signed ? value - range / 2 : value;
        }
        return values;
    }

    /** An object with them, native. */
    DataSet dataSet() {
        int allocated = bits > 8 ? 16 : 8;
        long[] values = samples();
        // no sample ends in another's word: bytes are even in number by padding
        ByteBuffer pixels = ByteBuffer.allocate(values.length * allocated / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            if (allocated == 8) {
                pixels.put((byte) value);
            } else {
                pixels.putShort((short) (value & ((1 << bits) - 1)));
            }
        }
        DataSet image = Images.grey(ROWS, COLUMNS, allocated)
                .putInteger(Tag.BITS_STORED, bits)
                .putInteger(Tag.HIGH_BIT, bits - 1)
                .putInteger(Tag.PIXEL_REPRESENTATION, signed ? 1 : 0)
                .putInteger(Tag.SAMPLES_PER_PIXEL, samples)
                .putString(Tag.PHOTOMETRIC_INTERPRETATION, samples == 1 ? "MONOCHROME2" : "RGB")
                // GDCM writes no signed secondary captures
                .putString(
                        Tag.SOP_CLASS_UID, signed ? Uid.ENHANCED_MR_IMAGE_STORAGE : Uid.SECONDARY_CAPTURE_IMAGE_STORAGE)
                .putString(Tag.SOP_INSTANCE_UID, "1.2.826.0.1.3680043.9.3.1")
                .putString(Tag.STUDY_INSTANCE_UID, "1.2.826.0.1.3680043.9.3.2")
                .putString(Tag.SERIES_INSTANCE_UID, "1.2.826.0.1.3680043.9.3.3")
                .putInteger(Tag.NUMBER_OF_FRAMES, FRAMES)
                .putBytes(Tag.PIXEL_DATA, allocated == 8 ? VR.OB : VR.OW, pixels.array());
        return samples == 1 ? image : image.putInteger(Tag.PLANAR_CONFIGURATION, 0);
    }
}
