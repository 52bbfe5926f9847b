package io.prelim.dicom.net.association;

import java.io.IOException;

/** The association ended without release; what was on its way did not arrive. */
public final class AssociationAborted extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient AbortCause cause;

    public AssociationAborted(AbortCause cause, Throwable underlying) {
        super("association aborted: " + cause.kind() + " " + cause.detail(), underlying);
        this.cause = cause;
    }

    /** Why; null after serialisation. */
    public AbortCause abortCause() {
        return cause;
    }
}
