package io.prelim.dicom.pixel;

import java.time.Duration;
import java.util.Objects;

/**
 * The bounds of reading frames. A frame's memory is taken only when its code stream could hold it; these bounds end what is
 * honest but too large or too slow.
 *
 * @param maxPixels rows × columns of a frame, at least 1
 * @param maxFrameBytes bytes of a frame's samples, and of its code stream, 1 to 2^31 - 16
 * @param maxFrames frames of an image, at least 1
 * @param maxFragments fragments of an image, at least 1
 * @param maxSamplesPerByte samples that a byte of JPEG 2000 may stand for: a frame of one value takes a hundred bytes whatever its
 *     size; at least 1
 * @param deadline time for the decoding of one frame, above zero
 */
public record PixelLimits(
        long maxPixels, int maxFrameBytes, int maxFrames, int maxFragments, int maxSamplesPerByte, Duration deadline) {
    /** 128 Mi pixels and 512 MiB a frame, a million frames and fragments, 8192 samples a byte, 30 s. */
    public static final PixelLimits DEFAULT =
            new PixelLimits(128L << 20, 512 << 20, 1_000_000, 1_000_000, 8192, Duration.ofSeconds(30));

    public PixelLimits {
        Objects.requireNonNull(deadline, "deadline");
        require(maxPixels >= 1, "maxPixels must be at least 1");
        require(maxFrameBytes >= 1 && maxFrameBytes <= Integer.MAX_VALUE - 15, "maxFrameBytes must be 1 to 2^31 - 16");
        require(maxFrames >= 1, "maxFrames must be at least 1");
        require(maxFragments >= 1, "maxFragments must be at least 1");
        require(maxSamplesPerByte >= 1, "maxSamplesPerByte must be at least 1");
        require(!deadline.isNegative() && !deadline.isZero(), "deadline must be above zero");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    public PixelLimits withMaxPixels(long pixels) {
        return new PixelLimits(pixels, maxFrameBytes, maxFrames, maxFragments, maxSamplesPerByte, deadline);
    }

    public PixelLimits withMaxFrameBytes(int bytes) {
        return new PixelLimits(maxPixels, bytes, maxFrames, maxFragments, maxSamplesPerByte, deadline);
    }

    public PixelLimits withMaxFragments(int fragments) {
        return new PixelLimits(maxPixels, maxFrameBytes, maxFrames, fragments, maxSamplesPerByte, deadline);
    }

    public PixelLimits withDeadline(Duration time) {
        return new PixelLimits(maxPixels, maxFrameBytes, maxFrames, maxFragments, maxSamplesPerByte, time);
    }
}
