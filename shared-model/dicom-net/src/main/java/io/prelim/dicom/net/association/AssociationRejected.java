package io.prelim.dicom.net.association;

import java.io.IOException;

/** The peer refused the association. */
public final class AssociationRejected extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient AssociationDecision.Reject reject;

    public AssociationRejected(AssociationDecision.Reject reject) {
        super("association rejected by the peer: " + reject);
        this.reject = reject;
    }

    /** What the peer said; null after serialisation. */
    public AssociationDecision.Reject reject() {
        return reject;
    }
}
