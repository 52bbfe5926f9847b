package io.prelim.dicom.pixel;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import java.util.Objects;

/**
 * How samples lie (PS3.3 section C.7.6.3, PS3.5 section 8.1): of a whole image as its data set says it, or of one decoded frame.
 *
 * @param rows 1 to 65535
 * @param columns 1 to 65535
 * @param samples samples of a pixel, 1 or 3
 * @param bitsAllocated bits from a sample to the next: 1, 8, 12 (as ACR-NEMA packed them), or more in whole bytes, up to 64
 * @param bitsStored bits that mean something, 1 to bitsAllocated
 * @param highBit the highest of them, bitsStored - 1 to bitsAllocated - 1
 * @param signed whether the stored bits are a two's complement
 * @param photometric what the samples mean
 * @param planar whether all samples of one colour come before those of the next; false where a pixel has one
 * @param frames 1 or more
 */
public record ImageDescription(
        int rows,
        int columns,
        int samples,
        int bitsAllocated,
        int bitsStored,
        int highBit,
        boolean signed,
        Photometric photometric,
        boolean planar,
        int frames) {
    private static final int ABSENT = Integer.MIN_VALUE;

    public ImageDescription {
        Objects.requireNonNull(photometric, "photometric");
    }

    /**
     * The description in a data set. Absent, samples are 1, bits stored are all, the high bit is their highest, values are unsigned,
     * frames are 1, and one sample is MONOCHROME2: so objects from before the standard said more are read.
     *
     * @throws MalformedInput when it describes no image, contradicts itself, or one of the limits is passed
     */
    public static ImageDescription of(DataSet dataSet, PixelLimits limits) throws MalformedInput {
        int rows = within(dataSet, Tag.ROWS, ABSENT, 1, 0xFFFF);
        int columns = within(dataSet, Tag.COLUMNS, ABSENT, 1, 0xFFFF);
        int samples = within(dataSet, Tag.SAMPLES_PER_PIXEL, 1, 1, 0xFFFF);
        int allocated = within(dataSet, Tag.BITS_ALLOCATED, ABSENT, 1, 64);
        if (allocated != 1 && allocated != 12 && allocated % 8 != 0) {
            throw PixelRefusal.element("bits allocated that are no whole bytes", Tag.BITS_ALLOCATED, allocated);
        }
        int stored = within(dataSet, Tag.BITS_STORED, allocated, 1, allocated);
        int high = within(dataSet, Tag.HIGH_BIT, stored - 1, stored - 1, allocated - 1);
        boolean signed = within(dataSet, Tag.PIXEL_REPRESENTATION, 0, 0, 1) == 1;
        boolean planar = within(dataSet, Tag.PLANAR_CONFIGURATION, 0, 0, 1) == 1;
        int frames = within(dataSet, Tag.NUMBER_OF_FRAMES, 1, 1, Integer.MAX_VALUE);
        Photometric photometric = photometric(dataSet, samples);
        ImageDescription image = new ImageDescription(
                rows,
                columns,
                samples,
                allocated,
                stored,
                high,
                signed,
                photometric,
                planar && samples > 1 && !photometric.halved(),
                frames);
        image.check(limits);
        return image;
    }

    private static Photometric photometric(DataSet dataSet, int samples) throws MalformedInput {
        String term = dataSet.string(Tag.PHOTOMETRIC_INTERPRETATION);
        if (term == null && samples == 1) {
            return Photometric.MONOCHROME2;
        }
        Photometric photometric = Photometric.of(term);
        if (photometric == null) {
            throw new MalformedInput(
                    Kind.UNSUPPORTED,
                    "photometric interpretation not read here",
                    0,
                    Tag.toString(Tag.PHOTOMETRIC_INTERPRETATION),
                    -1);
        }
        if (photometric.samples() != samples) {
            throw PixelRefusal.element(
                    "samples per pixel other than " + photometric.term() + " has", Tag.SAMPLES_PER_PIXEL, samples);
        }
        return photometric;
    }

    private static int within(DataSet dataSet, int tag, int absent, int least, int most) throws MalformedInput {
        if (dataSet.string(tag) == null && absent != ABSENT) {
            return absent;
        }
        int value = dataSet.integer(tag, ABSENT);
        if (value == ABSENT) {
            throw PixelRefusal.element("no number where an image needs one", tag, -1);
        }
        if (value < least || value > most) {
            throw PixelRefusal.element("number out of its range", tag, Math.max(-1, value));
        }
        return value;
    }

    private void check(PixelLimits limits) throws MalformedInput {
        if (pixels() > limits.maxPixels()) {
            throw PixelRefusal.limit("more pixels than allowed", pixels());
        }
        if (frames > limits.maxFrames()) {
            throw PixelRefusal.limit("more frames than allowed", frames);
        }
        if (frameBytes() > limits.maxFrameBytes()) {
            throw PixelRefusal.limit("frame larger than allowed", frameBytes());
        }
        // two numbers of 16 bits, three small ones and one of 31: past 63 bits only by lying
        if (Math.multiplyHigh(frameBits(), frames) != 0 || frameBits() * frames < 0) {
            throw PixelRefusal.limit("image larger than can be", frames);
        }
    }

    /** Pixels of a frame. */
    public long pixels() {
        return (long) rows * columns;
    }

    /** Samples of a frame: of YBR_FULL_422 unencoded, two a pixel. */
    public long frameSamples() {
        return photometric.halved() ? rows * ((columns + 1L) / 2 * 4) : pixels() * samples;
    }

    /** Bits of a frame as they lie unencoded, without padding. */
    public long frameBits() {
        return frameSamples() * bitsAllocated;
    }

    /** Bytes of a frame, the last filled up. */
    public long frameBytes() {
        return (frameBits() + 7) / 8;
    }

    /** The least stored value the bits can hold. */
    public long least() {
        return signed ? -(1L << (bitsStored - 1)) : 0;
    }

    /** The greatest stored value the bits can hold, 63 bits at most. */
    public long greatest() {
        int bits = Math.min(63, signed ? bitsStored - 1 : bitsStored);
        return bits == 63 ? Long.MAX_VALUE : (1L << bits) - 1;
    }

    /** The same, its samples meaning something else. */
    public ImageDescription as(Photometric other, boolean inPlanes) {
        return new ImageDescription(
                rows, columns, samples, bitsAllocated, bitsStored, highBit, signed, other, inPlanes, frames);
    }

    /** One frame of it. */
    public ImageDescription oneFrame() {
        return frames == 1
                ? this
                : new ImageDescription(
                        rows, columns, samples, bitsAllocated, bitsStored, highBit, signed, photometric, planar, 1);
    }
}
