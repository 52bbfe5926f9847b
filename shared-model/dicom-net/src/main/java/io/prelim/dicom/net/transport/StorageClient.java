package io.prelim.dicom.net.transport;

import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.dimse.StoreResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** An association as requestor: C-ECHO and C-STORE. For one thread at a time. */
public final class StorageClient implements AutoCloseable {
    private StorageClient() {}

    /** Connects and associates. */
    public static StorageClient connect(ClientSettings settings, List<PresentationContext> contexts)
            throws IOException {
        throw new UnsupportedOperationException("connect");
    }

    /** Whether the peer accepted the SOP class in the transfer syntax. */
    public boolean accepts(String sopClassUid, String transferSyntaxUid) {
        throw new UnsupportedOperationException("accepts");
    }

    /** Sends C-ECHO; returns its status. */
    public int echo() throws IOException {
        throw new UnsupportedOperationException("echo");
    }

    /** Sends one data set, already in the transfer syntax, to the end of the stream. */
    public StoreResponse store(String sopClassUid, String sopInstanceUid, String transferSyntaxUid, InputStream dataSet)
            throws IOException {
        throw new UnsupportedOperationException("store");
    }

    public StoreResponse store(String sopClassUid, String sopInstanceUid, String transferSyntaxUid, byte[] dataSet)
            throws IOException {
        return store(sopClassUid, sopInstanceUid, transferSyntaxUid, new ByteArrayInputStream(dataSet));
    }

    /** Releases the association and closes the connection. */
    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException("close");
    }
}
