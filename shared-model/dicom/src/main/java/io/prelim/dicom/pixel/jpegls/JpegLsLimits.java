package io.prelim.dicom.pixel.jpegls;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * The bounds of one decoding. A code stream of a few bytes may lawfully be an image of millions of samples, all alike: these
 * bounds, not the ratio, are what ends it.
 *
 * @param maxSamples width times height times components, 1 to 2^31 - 16
 * @param expired asked at every line; once it answers true, decoding ends
 */
public record JpegLsLimits(int maxSamples, BooleanSupplier expired) {
    /** 2^27 samples, 256 MiB; ends when the thread is interrupted. */
    public static final JpegLsLimits DEFAULT =
            new JpegLsLimits(1 << 27, () -> Thread.currentThread().isInterrupted());

    public JpegLsLimits {
        Objects.requireNonNull(expired, "expired");
        if (maxSamples < 1 || maxSamples > Integer.MAX_VALUE - 15) {
            throw new IllegalArgumentException("maxSamples must be 1 to 2^31 - 16");
        }
    }

    /** The same bound of samples, and an end when so much time has passed from now, or the thread is interrupted. */
    public JpegLsLimits within(Duration time) {
        long start = System.nanoTime();
        long nanos = time.toNanos();
        return new JpegLsLimits(
                maxSamples,
                () -> System.nanoTime() - start >= nanos
                        || Thread.currentThread().isInterrupted());
    }

    public JpegLsLimits withMaxSamples(int samples) {
        return new JpegLsLimits(samples, expired);
    }
}
