package io.prelim.dicom.net.association;

/**
 * What one side of an association may be for a SOP class (PS3.7 annex D.3.3.4). Without negotiation the requestor is the SCU
 * and the acceptor the SCP.
 *
 * @param scu whether it may invoke operations: C-STORE, C-FIND, N-CREATE, N-SET, N-ACTION and the like
 * @param scp whether it may perform them, and invoke N-EVENT-REPORT
 */
public record Roles(boolean scu, boolean scp) {
    public static final Roles SCU = new Roles(true, false);
    public static final Roles SCP = new Roles(false, true);
    public static final Roles BOTH = new Roles(true, true);

    /** What is in both. */
    public Roles and(Roles other) {
        return new Roles(scu && other.scu, scp && other.scp);
    }

    /** What the other side is. */
    public Roles opposite() {
        return new Roles(scp, scu);
    }

    /** Whether anything is left to be. */
    public boolean any() {
        return scu || scp;
    }
}
