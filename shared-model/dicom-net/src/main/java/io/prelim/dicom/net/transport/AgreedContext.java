package io.prelim.dicom.net.transport;

import io.prelim.dicom.net.association.Roles;
import io.prelim.dicom.net.dimse.NormalizedOperation;

/**
 * What was agreed for one presentation context.
 *
 * @param id odd, 1 to 255
 * @param peer what the peer may be for the SOP class
 */
record AgreedContext(int id, String abstractSyntax, String transferSyntax, Roles peer) {
    /** Whether the peer may ask for the operation. */
    boolean peerMayAsk(NormalizedOperation operation) {
        return operation.byScp() ? peer.scp() : peer.scu();
    }

    /** Whether we may ask the peer for it. */
    boolean weMayAsk(NormalizedOperation operation) {
        return operation.byScp() ? peer.scu() : peer.scp();
    }
}
