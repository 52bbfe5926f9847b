package io.prelim.ingest.index;

import io.prelim.events.PartClass;

/** The numbers part classes have in the segment log; never reuse one. */
public final class PartNumbers {
    private PartNumbers() {}

    public static int of(PartClass partClass) {
        return switch (partClass) {
            case HEADER -> 1;
            case PIXELS -> 2;
            case MANIFEST -> 3;
            case EVIDENCE -> 4;
            case UNKNOWN -> throw new IllegalArgumentException("a part of unknown class is not stored");
        };
    }
}
