package io.prelim.dicom.net.transport;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.dimse.NormalizedOperation;
import io.prelim.dicom.net.dimse.NormalizedRequest;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.dimse.NormalizedScp;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.object.DataSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps procedure steps by their UID, and whatever else it is asked. */
final class MemoryProcedureSteps implements NormalizedScp {
    /** The SCP names instances itself where it is left to it. */
    static final String NAMED = "1.2.826.0.1.3680043.9.77";

    final Map<String, DataSet> steps = new ConcurrentHashMap<>();
    final List<NormalizedRequest> requests = new CopyOnWriteArrayList<>();
    final List<DataSet> dataSets = new CopyOnWriteArrayList<>();

    @Override
    public NormalizedResponse serve(NormalizedRequest request, DataSet dataSet) {
        requests.add(request);
        dataSets.add(dataSet);
        if (request.operation() == NormalizedOperation.N_CREATE) {
            String uid = request.sopInstanceUid().isEmpty() ? NAMED : request.sopInstanceUid();
            return steps.putIfAbsent(uid, dataSet) == null
                    ? NormalizedResponse.created(uid)
                    : NormalizedResponse.of(Status.DUPLICATE_SOP_INSTANCE, "there already");
        }
        if (request.operation() == NormalizedOperation.N_SET) {
            if (!steps.containsKey(request.sopInstanceUid())) {
                return NormalizedResponse.of(Status.NO_SUCH_SOP_INSTANCE, null);
            }
            if ("BREAK".equals(dataSet.string(Tag.PERFORMED_PROCEDURE_STEP_STATUS))) {
                throw new IllegalStateException("broken on request");
            }
            if ("LATE".equals(dataSet.string(Tag.PERFORMED_PROCEDURE_STEP_STATUS))) {
                return NormalizedResponse.of(Status.PROCESSING_FAILURE, null).withErrorId(0xA710);
            }
            return new NormalizedResponse(
                    Status.SUCCESS, null, "", new DataSet().putString(Tag.SOP_INSTANCE_UID, Uid.VERIFICATION));
        }
        return NormalizedResponse.SUCCESS;
    }
}
