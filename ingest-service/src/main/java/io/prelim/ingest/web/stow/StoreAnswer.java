package io.prelim.ingest.web.stow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prelim.events.EventJson;
import io.prelim.ingest.receive.Receipt;
import io.prelim.ingest.web.Problem;
import java.util.List;

/**
 * An answer (PS3.18 section 10.5.3): a Store Instances Response (annex I) when objects came, else a problem.
 *
 * @param retryAfter seconds after which it is worth another try; 0 for none
 */
@SuppressWarnings("ArrayRecordComponent") // written once, compared never
record StoreAnswer(int status, String mediaType, byte[] body, int retryAfter) {
    private static final int RETRY_AFTER = 5;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /**
     * Why a request was not read to its end.
     *
     * @param status for the case that nothing of it was stored
     * @param detail without what was sent
     */
    record Fault(int status, String detail, FailureReason reason) {}

    static StoreAnswer problem(int status, String detail) {
        return new StoreAnswer(
                status, Problem.MEDIA_TYPE, Problem.json(status, detail, null), status == 503 ? RETRY_AFTER : 0);
    }

    /**
     * 200 when all is stored, 202 when something is, 409 when nothing is; 503 when that is for want of storage or database. A fault
     * names the status when nothing is stored, and is one more failure when something is.
     *
     * @param fault null when the request was read to its end
     */
    static StoreAnswer of(List<ObjectOutcome> outcomes, Fault fault) {
        long stored =
                outcomes.stream().filter(ObjectOutcome.Stored.class::isInstance).count();
        if (stored == 0 && fault != null) {
            return problem(fault.status(), fault.detail());
        }
        if (outcomes.isEmpty()) {
            return problem(400, "The request holds no object.");
        }
        byte[] body = EventJson.write(response(outcomes, fault));
        if (stored == 0) {
            boolean later = outcomes.stream().anyMatch(StoreAnswer::outOfResources);
            return new StoreAnswer(later ? 503 : 409, StoreHead.DICOM_JSON, body, later ? RETRY_AFTER : 0);
        }
        boolean all = stored == outcomes.size() && fault == null;
        return new StoreAnswer(all ? 200 : 202, StoreHead.DICOM_JSON, body, 0);
    }

    private static boolean outOfResources(ObjectOutcome outcome) {
        return outcome instanceof ObjectOutcome.Failed failed
                && failed.reason() == Receipt.Reason.OUT_OF_RESOURCES.dimseStatus();
    }

    private static ObjectNode response(List<ObjectOutcome> outcomes, Fault fault) {
        ArrayNode failed = JSON.arrayNode();
        ArrayNode referenced = JSON.arrayNode();
        ArrayNode other = JSON.arrayNode();
        for (ObjectOutcome outcome : outcomes) {
            if (outcome instanceof ObjectOutcome.Stored stored) {
                ObjectNode item = reference(stored.sopClassUid(), stored.sopInstanceUid());
                referenced.add(item.set("00081190", element("UR")));
            } else if (outcome instanceof ObjectOutcome.Failed refused) {
                failed.add(reason(reference(refused.sopClassUid(), refused.sopInstanceUid()), refused.reason()));
            } else if (outcome instanceof ObjectOutcome.Unknown unknown) {
                other.add(reason(JSON.objectNode(), unknown.reason()));
            }
        }
        if (fault != null) {
            other.add(reason(JSON.objectNode(), fault.reason().code()));
        }
        ObjectNode response = JSON.objectNode();
        // type 2, and empty: nothing can be retrieved here
        response.set("00081190", element("UR"));
        sequence(response, "00081198", failed);
        sequence(response, "00081199", referenced);
        sequence(response, "0008119A", other);
        return response;
    }

    private static ObjectNode reference(String sopClassUid, String sopInstanceUid) {
        ObjectNode item = JSON.objectNode();
        item.set("00081150", element("UI", JSON.arrayNode().add(sopClassUid)));
        item.set("00081155", element("UI", JSON.arrayNode().add(sopInstanceUid)));
        return item;
    }

    private static ObjectNode reason(ObjectNode item, int reason) {
        item.set("00081197", element("US", JSON.arrayNode().add(reason)));
        return item;
    }

    private static void sequence(ObjectNode response, String tag, ArrayNode items) {
        if (!items.isEmpty()) {
            response.set(tag, element("SQ", items));
        }
    }

    private static ObjectNode element(String vr, ArrayNode values) {
        ObjectNode element = element(vr);
        element.set("Value", values);
        return element;
    }

    private static ObjectNode element(String vr) {
        return JSON.objectNode().put("vr", vr);
    }
}
