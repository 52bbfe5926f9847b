package io.prelim.dicom.net.transport;

import io.prelim.dicom.net.dimse.Command;
import io.prelim.dicom.net.dimse.StoreResponse;
import java.io.IOException;

/** A C-STORE that was sent, and its answer once that came. For the thread that has the client. */
public final class PendingStore {
    private final StorePipeline pipeline;
    private final AgreedContext context;
    private final Command request;
    private StoreResponse response;

    PendingStore(StorePipeline pipeline, AgreedContext context, Command request) {
        this.pipeline = pipeline;
        this.context = context;
        this.request = request;
    }

    AgreedContext context() {
        return context;
    }

    Command request() {
        return request;
    }

    void answered(StoreResponse answer) {
        response = answer;
    }

    /** Whether the answer was read already. */
    public boolean answered() {
        return response != null;
    }

    /**
     * Waits for the answer; answers to other requests that come before it are kept for those.
     *
     * @throws IOException when the association ended without it: whether the peer stored the object is not known
     */
    public StoreResponse await() throws IOException {
        while (response == null) {
            pipeline.readAnswer();
        }
        return response;
    }
}
