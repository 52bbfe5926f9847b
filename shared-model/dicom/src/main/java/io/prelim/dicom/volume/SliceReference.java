package io.prelim.dicom.volume;

import java.util.Objects;

/**
 * Where a slice's samples are.
 *
 * @param sopInstanceUid the object
 * @param frame its frame, from 1 as the standard counts them (PS3.3 section C.7.6.6); 1 of an object that has one
 */
public record SliceReference(String sopInstanceUid, int frame) {
    public SliceReference {
        Objects.requireNonNull(sopInstanceUid, "sopInstanceUid");
        if (frame < 1) {
            throw new IllegalArgumentException("frames count from 1, not " + frame);
        }
    }

    @Override
    public String toString() {
        return frame == 1 ? sopInstanceUid : sopInstanceUid + " frame " + frame;
    }
}
