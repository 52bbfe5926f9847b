package io.prelim.report.mllp;

import io.prelim.report.delivery.Outgoing;
import io.prelim.report.store.Digests;

/** An ORU^R01 as it goes out; identified. */
@SuppressWarnings("ArrayRecordComponent")
record Result(String controlId, byte[] message) implements Outgoing {
    @Override
    public String digest() {
        return Digests.sha256(message);
    }

    @Override
    public String toString() {
        return "Result[" + controlId + "]";
    }
}
