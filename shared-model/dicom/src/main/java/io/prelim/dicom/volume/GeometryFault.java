package io.prelim.dicom.volume;

import io.prelim.dicom.core.Tag;

/**
 * Why an image's plane is not known.
 *
 * @param tag the attribute that does not say it
 */
public record GeometryFault(int tag, Kind kind) {
    /** What is wrong with the attribute. */
    public enum Kind {
        ABSENT("absent or empty"),
        NO_NUMBERS("not as many numbers as there must be"),
        OUT_OF_RANGE("not finite, or out of its range"),
        NOT_UNIT("direction whose length is not 1"),
        NOT_ORTHOGONAL("directions that are not at a right angle"),
        OTHER_COUNT("number other than that of the frames' functional groups");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    @Override
    public String toString() {
        return Tag.toString(tag) + " " + kind.words;
    }
}
