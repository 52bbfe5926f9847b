package io.prelim.dicom.net.transport;

/**
 * How much a {@link DicomServer} takes at once.
 *
 * @param maxAssociations established at the same time, 1 to 10000; one more gets (2,3,2)
 * @param maxOperationsInvoked operations of one association without their answers, 1 to 1000, as far as the peer asks for more
 *     than one (PS3.7 section D.3.3.3)
 */
public record Limits(int maxAssociations, int maxOperationsInvoked) {
    /** 64 associations of 16 operations. */
    public static final Limits DEFAULT = new Limits(64, 16);

    public Limits {
        between(maxAssociations, 1, 10_000, "maxAssociations");
        between(maxOperationsInvoked, 1, 1000, "maxOperationsInvoked");
    }

    public Limits withMaxAssociations(int value) {
        return new Limits(value, maxOperationsInvoked);
    }

    public Limits withMaxOperationsInvoked(int value) {
        return new Limits(maxAssociations, value);
    }

    private static void between(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most);
        }
    }
}
