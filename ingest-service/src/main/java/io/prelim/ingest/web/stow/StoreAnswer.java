package io.prelim.ingest.web.stow;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.json.BulkDataPolicy;
import io.prelim.dicom.json.DicomJsonWriter;
import io.prelim.dicom.object.DataSet;
import io.prelim.ingest.receive.Receipt;
import io.prelim.ingest.web.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer (PS3.18 section 10.5.3): a Store Instances Response (annex I) when objects came, else a problem.
 *
 * @param retryAfter seconds after which it is worth another try; 0 for none
 */
@SuppressWarnings("ArrayRecordComponent") // written once, compared never
record StoreAnswer(int status, String mediaType, byte[] body, int retryAfter) {
    private static final int RETRY_AFTER = 5;
    private static final int RETRIEVE_URL = Tag.of(0x0008, 0x1190);
    private static final int OTHER_FAILURES_SEQUENCE = Tag.of(0x0008, 0x119A);

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
        byte[] body = json(response(outcomes, fault));
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

    private static DataSet response(List<ObjectOutcome> outcomes, Fault fault) {
        List<DataSet> failed = new ArrayList<>();
        List<DataSet> referenced = new ArrayList<>();
        List<DataSet> other = new ArrayList<>();
        for (ObjectOutcome outcome : outcomes) {
            if (outcome instanceof ObjectOutcome.Stored stored) {
                referenced.add(
                        reference(stored.sopClassUid(), stored.sopInstanceUid()).putString(RETRIEVE_URL));
            } else if (outcome instanceof ObjectOutcome.Failed refused) {
                failed.add(reference(refused.sopClassUid(), refused.sopInstanceUid())
                        .putInteger(Tag.FAILURE_REASON, refused.reason()));
            } else if (outcome instanceof ObjectOutcome.Unknown unknown) {
                other.add(new DataSet().putInteger(Tag.FAILURE_REASON, unknown.reason()));
            }
        }
        if (fault != null) {
            other.add(
                    new DataSet().putInteger(Tag.FAILURE_REASON, fault.reason().code()));
        }
        // type 2, and empty: nothing can be retrieved here
        DataSet response = new DataSet().putString(RETRIEVE_URL);
        sequence(response, Tag.FAILED_SOP_SEQUENCE, failed);
        sequence(response, Tag.REFERENCED_SOP_SEQUENCE, referenced);
        sequence(response, OTHER_FAILURES_SEQUENCE, other);
        return response;
    }

    private static DataSet reference(String sopClassUid, String sopInstanceUid) {
        return new DataSet()
                .putString(Tag.REFERENCED_SOP_CLASS_UID, sopClassUid)
                .putString(Tag.REFERENCED_SOP_INSTANCE_UID, sopInstanceUid);
    }

    private static void sequence(DataSet response, int tag, List<DataSet> items) {
        if (!items.isEmpty()) {
            response.putSequence(tag, items.toArray(DataSet[]::new));
        }
    }

    private static byte[] json(DataSet response) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            DicomJsonWriter.write(response, out, BulkDataPolicy.INLINE);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }
}
