package io.prelim.chaos.send;

import io.prelim.dicom.core.Uid;
import java.util.Locale;

/**
 * One object as it is sent.
 *
 * @param id unique in a run; the seed and it decide every byte
 * @param studyInstanceUid of the study it belongs to
 * @param announcedUid the instance the request names
 * @param dataSet Explicit VR little endian
 */
public record Parcel(
        int id,
        Kind kind,
        String studyInstanceUid,
        String sopClassUid,
        String sopInstanceUid,
        String announcedUid,
        byte[] dataSet) {
    /** What is odd about it, and thus what must be answered. */
    public enum Kind {
        OBJECT(true),
        /** The same bytes again. */
        DUPLICATE(true),
        /** The same pixels with another header. */
        CHANGED_HEADER(true),
        /** The same SOP Instance UID with other pixels. */
        OTHER_PIXELS(false),
        /** Another instance than the request says. */
        OTHER_INSTANCE(false),
        /** Ends in the middle of an element. */
        TRUNCATED(false);

        private final boolean storable;

        Kind(boolean storable) {
            this.storable = storable;
        }

        /** Whether the one right answer is success; else it is a refusal for good. */
        public boolean storable() {
            return storable;
        }

        /** For people. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Whether it is an image with pixel data. */
    public boolean image() {
        return !sopClassUid.equals(Uid.BASIC_TEXT_SR_STORAGE);
    }

    @Override
    public String toString() {
        return "parcel " + id + " (" + kind.label() + ", " + sopInstanceUid + ")";
    }
}
