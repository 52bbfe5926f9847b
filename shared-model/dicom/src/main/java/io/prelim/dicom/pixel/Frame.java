package io.prelim.dicom.pixel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One frame's stored samples, as native pixel data has them (PS3.5 section 8.1.1): each of bitsAllocated bits, little endian,
 * from the top left row by row; the first bit of a frame of single bits is the lowest of its first byte.
 */
public final class Frame {
    private final ImageDescription image;
    private final byte[] bytes;

    /**
     * @param image how the samples lie in these bytes: one frame
     * @param bytes {@link ImageDescription#frameBytes} of them; kept, not copied
     */
    public Frame(ImageDescription image, byte[] bytes) {
        if (bytes.length != image.frameBytes()) {
            throw new IllegalArgumentException(bytes.length + " bytes of " + image.frameBytes());
        }
        this.image = image.oneFrame();
        this.bytes = bytes;
    }

    /** How the samples lie: what was encoded in planes or halved colour may lie otherwise than the data set says. */
    public ImageDescription image() {
        return image;
    }

    /** Not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * A sample's stored value: its bits between high bit and bits stored, with their sign (PS3.5 section 8.1.1).
     *
     * @param index counted in samples as they lie, from 0
     */
    public long stored(long index) {
        long word = cell(index);
        int above = 63 - image.highBit();
        int below = 64 - image.bitsStored();
        return image.signed() ? word << above >> below : word << above >>> below;
    }

    /**
     * The bits stored of samples that lie apart by a step, such as the first of each pixel, as unsigned numbers whatever their sign; of at
     * most 16 bits.
     *
     * @param first the first sample, see {@link #stored(long)}
     * @param step  1 or more
     * @param into  receives as many as it holds
     */
    public void patterns(long first, int step, char[] into) {
        int low = image.highBit() + 1 - image.bitsStored();
        int mask = (1 << image.bitsStored()) - 1;
        if (image.bitsAllocated() == 16 && step == 1) {
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().get((int) first, into);
            for (int i = 0; i < into.length; i++) {
                into[i] = (char) (into[i] >>> low & mask);
            }
        } else if (image.bitsAllocated() == 8) {
            for (int i = 0; i < into.length; i++) {
                into[i] = (char) ((bytes[(int) first + i * step] & 0xFF) >>> low & mask);
            }
        } else {
            for (int i = 0; i < into.length; i++) {
                into[i] = (char) (cell(first + (long) i * step) >>> low & mask);
            }
        }
    }

    /**
     * All bits allocated to a sample, and above them bits of others: below and above the stored ones may lie overlays of old objects.
     *
     * @param index counted in samples as they lie, from 0
     */
    public long cell(long index) {
        // most images by far, and asked for pixel by pixel
        if (image.bitsAllocated() == 16) {
            int at = (int) (2 * index);
            return (bytes[at + 1] & 0xFF) << 8 | (bytes[at] & 0xFF);
        }
        if (image.bitsAllocated() == 8) {
            return bytes[(int) index] & 0xFF;
        }
        long bit = index * image.bitsAllocated();
        int first = (int) (bit >>> 3);
        int shift = (int) (bit & 7);
        int count = (shift + image.bitsAllocated() + 7) >>> 3;
        long word = 0;
        for (int i = count - 1; i >= 0; i--) {
            word = word << 8 | (bytes[first + i] & 0xFF);
        }
        return word >>> shift;
    }
}
