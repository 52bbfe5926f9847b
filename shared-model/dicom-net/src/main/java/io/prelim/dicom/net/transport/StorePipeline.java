package io.prelim.dicom.net.transport;

import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.dimse.Command;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.pdu.PduException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** C-STOREs sent and not answered yet, as many as the window allows (PS3.7 section D.3.3.3). Answers may come in any order. */
final class StorePipeline {
    private final RequestedAssociation association;
    private final Requests requests;
    private final Map<Integer, PendingStore> pending = new HashMap<>();

    StorePipeline(RequestedAssociation association, Requests requests) {
        this.association = association;
        this.requests = requests;
    }

    /** Sends an object, once there is a place for it. */
    PendingStore begin(AgreedContext context, String sopClassUid, String sopInstanceUid, InputStream dataSet)
            throws IOException {
        while (pending.size() >= association.window()) {
            readAnswer();
        }
        int messageId = requests.nextMessageId();
        while (pending.containsKey(messageId)) {
            messageId = requests.nextMessageId();
        }
        Command request = Command.storeRequest(messageId, sopClassUid, sopInstanceUid, 0);
        requests.stream(context, request, dataSet);
        PendingStore store = new PendingStore(this, context, request);
        pending.put(messageId, store);
        return store;
    }

    /** Reads until every answer came; on an association that is over there is none to come. */
    void settle() throws AssociationAborted {
        while (!pending.isEmpty() && association.established()) {
            readAnswer();
        }
    }

    /** Reads one answer and gives it to its request. */
    void readAnswer() throws AssociationAborted {
        Command answer = requests.anyAnswer();
        PendingStore store = pending.remove(answer.messageIdBeingRespondedTo());
        if (store == null || !requests.answers(store.context(), store.request(), answer)) {
            throw association
                    .upper()
                    .protocolError(PduException.INVALID_PARAMETER_VALUE, "answer to no request that waits");
        }
        store.answered(StoreResponse.of(answer.status(), answer.errorComment()));
    }
}
