package io.prelim.bench.cstore;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.dicom.net.transport.DicomClient;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A way of sending objects. */
enum Door {
    /** An association; an object a request, answered before the next. */
    CSTORE(1) {
        @Override
        Session open(Receiver receiver, Workload workload) throws IOException {
            DicomClient client = DicomClient.connect(
                    ClientSettings.of("127.0.0.1", receiver.port(), "BENCH", receiver.aeTitle()),
                    List.of(PresentationContext.of(Uid.CT_IMAGE_STORAGE, Uid.EXPLICIT_VR_LITTLE_ENDIAN)));
            byte[] buffer = workload.buffer();
            return new Session() {
                @Override
                public void send(int from, int to) throws IOException {
                    for (int number = from; number < to; number++) {
                        workload.become(buffer, number);
                        String uid = workload.sopInstanceUid(number);
                        int status = client.store(Uid.CT_IMAGE_STORAGE, uid, Uid.EXPLICIT_VR_LITTLE_ENDIAN, buffer)
                                .status();
                        if (status != 0) {
                            throw new IOException("an object was answered " + Integer.toHexString(status));
                        }
                    }
                }

                @Override
                public void close() throws IOException {
                    client.close();
                }
            };
        }
    },
    /** A connection; several objects a request, as gateways send them. */
    STOW(16) {
        @Override
        Session open(Receiver receiver, Workload workload) throws IOException {
            return new StowSession(receiver.stowPort(), workload);
        }
    };

    /** Sends and waits for the answers. */
    interface Session extends Closeable {
        /** @throws IOException also when an object is not answered as stored */
        void send(int from, int to) throws IOException;
    }

    private final int objectsPerRequest;

    Door(int objectsPerRequest) {
        this.objectsPerRequest = objectsPerRequest;
    }

    int objectsPerRequest() {
        return objectsPerRequest;
    }

    abstract Session open(Receiver receiver, Workload workload) throws IOException;
}
