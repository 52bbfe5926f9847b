package io.prelim.dicom.net.association;

/**
 * How much an acceptor takes at once. Known are peers whom the policy lets use what is reserved.
 *
 * @param maxAssociations established at the same time, 1 to 10000; one more gets (2,3,2)
 * @param reservedAssociations of these, for known peers alone, 0 to {@code maxAssociations}
 * @param maxPerPeer associations of one calling AE title and address, unless the policy says another number, 1 to 10000; one
 *     more gets (2,3,2)
 * @param maxWaitingPerAddress connections of one address that are no association yet, or no longer, 1 to 10000; one more is closed
 * @param maxOperationsInvoked operations of one association without their answers, 1 to 1000, as far as the peer asks for more
 *     than one (PS3.7 section D.3.3.3)
 */
public record Limits(
        int maxAssociations,
        int reservedAssociations,
        int maxPerPeer,
        int maxWaitingPerAddress,
        int maxOperationsInvoked) {
    private static final int LEAST_SPARE = 8;

    /** 64 associations, none reserved, as many from one peer, 32 waiting connections an address, 16 operations. */
    public static final Limits DEFAULT = new Limits(64, 0, 10_000, 32, 16);

    public Limits {
        between(maxAssociations, 1, 10_000, "maxAssociations");
        between(reservedAssociations, 0, maxAssociations, "reservedAssociations");
        between(maxPerPeer, 1, 10_000, "maxPerPeer");
        between(maxWaitingPerAddress, 1, 10_000, "maxWaitingPerAddress");
        between(maxOperationsInvoked, 1, 1000, "maxOperationsInvoked");
    }

    /** Connections in all: a quarter and at least 8 beyond the associations, for those that wait and those told that they are too many. */
    public int maxConnections() {
        return maxAssociations + spare();
    }

    /** Connections of addresses that are not known: where associations are reserved, so is half of what is spare. */
    int maxUnknownConnections() {
        return reservedAssociations == 0 ? maxConnections() : maxAssociations - reservedAssociations + spare() / 2;
    }

    private int spare() {
        return Math.max(LEAST_SPARE, maxAssociations / 4);
    }

    /** Keeps the other limits; no more are reserved than there are. */
    public Limits withMaxAssociations(int value) {
        return new Limits(
                value,
                Math.min(reservedAssociations, Math.max(0, value)),
                maxPerPeer,
                maxWaitingPerAddress,
                maxOperationsInvoked);
    }

    public Limits withReservedAssociations(int value) {
        return new Limits(maxAssociations, value, maxPerPeer, maxWaitingPerAddress, maxOperationsInvoked);
    }

    public Limits withMaxPerPeer(int value) {
        return new Limits(maxAssociations, reservedAssociations, value, maxWaitingPerAddress, maxOperationsInvoked);
    }

    public Limits withMaxWaitingPerAddress(int value) {
        return new Limits(maxAssociations, reservedAssociations, maxPerPeer, value, maxOperationsInvoked);
    }

    public Limits withMaxOperationsInvoked(int value) {
        return new Limits(maxAssociations, reservedAssociations, maxPerPeer, maxWaitingPerAddress, value);
    }

    private static void between(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most);
        }
    }
}
