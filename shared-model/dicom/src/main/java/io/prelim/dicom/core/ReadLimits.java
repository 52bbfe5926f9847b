package io.prelim.dicom.core;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * The bounds of one read. Whatever the input claims, memory grows with the bytes received only; these bounds end a read
 * that is honest but too large.
 *
 * @param maxObjectBytes bytes of one object, at least 1
 * @param maxElementBytes bytes of one value kept in memory, 1 to 2^31 - 16
 * @param maxDepth sequences nested in each other, 0 to 1000
 * @param maxElements elements, items and fragments of one object together, at least 1
 * @param maxInflateRatio bytes out per byte in of a deflated data set, at least 1
 * @param tolerated departures from the standard that are let pass
 */
public record ReadLimits(
        long maxObjectBytes,
        int maxElementBytes,
        int maxDepth,
        int maxElements,
        int maxInflateRatio,
        Set<Leniency> tolerated) {
    /** 4 GiB an object, 1 GiB a value, depth 64, a million elements, ratio 200, every leniency. */
    public static final ReadLimits DEFAULT =
            new ReadLimits(4L << 30, 1 << 30, 64, 1_000_000, 200, EnumSet.allOf(Leniency.class));

    public ReadLimits {
        Objects.requireNonNull(tolerated, "tolerated");
        require(maxObjectBytes >= 1, "maxObjectBytes must be at least 1");
        require(
                maxElementBytes >= 1 && maxElementBytes <= Integer.MAX_VALUE - 15,
                "maxElementBytes must be 1 to 2^31 - 16");
        require(maxDepth >= 0 && maxDepth <= 1000, "maxDepth must be 0 to 1000");
        require(maxElements >= 1, "maxElements must be at least 1");
        require(maxInflateRatio >= 1, "maxInflateRatio must be at least 1");
        tolerated = Set.copyOf(tolerated);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    public ReadLimits withMaxObjectBytes(long bytes) {
        return new ReadLimits(bytes, maxElementBytes, maxDepth, maxElements, maxInflateRatio, tolerated);
    }

    public ReadLimits withMaxElementBytes(int bytes) {
        return new ReadLimits(maxObjectBytes, bytes, maxDepth, maxElements, maxInflateRatio, tolerated);
    }

    public ReadLimits withMaxDepth(int depth) {
        return new ReadLimits(maxObjectBytes, maxElementBytes, depth, maxElements, maxInflateRatio, tolerated);
    }

    public ReadLimits withMaxElements(int elements) {
        return new ReadLimits(maxObjectBytes, maxElementBytes, maxDepth, elements, maxInflateRatio, tolerated);
    }

    /** The same bounds with no leniency at all. */
    public ReadLimits strict() {
        return new ReadLimits(
                maxObjectBytes,
                maxElementBytes,
                maxDepth,
                maxElements,
                maxInflateRatio,
                EnumSet.noneOf(Leniency.class));
    }
}
