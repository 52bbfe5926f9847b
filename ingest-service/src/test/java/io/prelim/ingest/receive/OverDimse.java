package io.prelim.ingest.receive;

import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.ingest.Sender;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import jakarta.inject.Inject;
import java.io.IOException;

/** A test that sends objects over an association of its own each. */
abstract class OverDimse {
    @Inject
    DicomListener listener;

    @Inject
    TestIndex index;

    final StoreResponse send(TestObject object) throws IOException {
        return send(object, object.bytes());
    }

    final StoreResponse send(TestObject object, byte[] bytes) throws IOException {
        try (Sender sender = Sender.connect(listener.port())) {
            return sender.send(object, bytes);
        }
    }
}
