package io.prelim.dicom.net.association;

import java.net.InetAddress;

/** Decides which peers may associate: pure, fast, called on the association's thread. */
@FunctionalInterface
public interface AssociationPolicy {
    AssociationDecision decide(AssociationRequest request);

    /**
     * Whether a known peer may connect from the address: asked on the listener's thread of each connection, before it has said a
     * word, so that strangers cannot take the room in which known peers speak. Must not block.
     */
    default boolean knows(InetAddress remoteAddress) {
        return false;
    }

    /** Accepts every peer; for loopback and tests. */
    static AssociationPolicy acceptAll() {
        return request -> AssociationDecision.ACCEPT;
    }

    /** Accepts any peer that calls the given AE title; others get (1,1,7). */
    static AssociationPolicy calledAeTitle(String aeTitle) {
        return request -> request.calledAeTitle().equals(aeTitle)
                ? AssociationDecision.ACCEPT
                : AssociationDecision.Reject.CALLED_AE_TITLE_NOT_RECOGNIZED;
    }
}
