package io.prelim.dicom.net.transport;

import io.prelim.dicom.net.association.AssociationListener;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.dimse.StoreScp;
import java.io.IOException;

/** Listens for associations and serves C-ECHO and C-STORE. */
public final class DicomServer implements AutoCloseable {
    private DicomServer() {}

    /** Listens; returns when the port is open. */
    public static DicomServer start(
            ServerSettings settings, AssociationPolicy policy, StoreScp scp, AssociationListener listener)
            throws IOException {
        throw new UnsupportedOperationException("start");
    }

    /** The port listened on. */
    public int port() {
        throw new UnsupportedOperationException("port");
    }

    /** Accepts no more, lets running messages finish within the grace time, then aborts what is left. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("close");
    }
}
