package io.prelim.dicom.pixel.jpegls;

import java.util.Arrays;

/**
 * The frame's samples, by pixel. They are not allocated because a header claims them, but as lines are decoded: from what the
 * coded bytes usually hold, twice as much each time.
 */
final class Samples {
    /** Samples a coded byte holds at most in what is worth a single allocation: 16 bits coded at a ratio of 32. */
    private static final long USUAL = 16;

    private final int total;
    private short[] samples;

    /** @param total of the frame, within the limits */
    Samples(int total, int codedBytes) {
        this.total = total;
        samples = new short[(int) Math.min(total, USUAL * codedBytes)];
    }

    /** Room for so many samples, no more than the total. */
    short[] upTo(int count) {
        if (count > samples.length) {
            long twice = 2L * samples.length;
            samples = Arrays.copyOf(samples, (int) Math.min(total, Math.max(count, twice)));
        }
        return samples;
    }

    /** All of them. */
    short[] all() {
        return upTo(total);
    }
}
