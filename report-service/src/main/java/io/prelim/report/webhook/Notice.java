package io.prelim.report.webhook;

import io.prelim.report.delivery.Outgoing;
import io.prelim.report.store.Digests;

/** An event as it goes out. @param id of the event, the same at each attempt */
@SuppressWarnings("ArrayRecordComponent")
record Notice(String id, byte[] body) implements Outgoing {
    @Override
    public String digest() {
        return Digests.sha256(body);
    }

    @Override
    public String toString() {
        return "Notice[" + id + "]";
    }
}
