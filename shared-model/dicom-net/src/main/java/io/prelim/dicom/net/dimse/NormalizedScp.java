package io.prelim.dicom.net.dimse;

import io.prelim.dicom.object.DataSet;

/**
 * Serves normalized services: N-CREATE and N-SET of performed procedure steps, N-ACTION of storage commitment, and the
 * N-EVENT-REPORTs of peers whose SCU we are. Called on the association's thread, one message at a time per association.
 */
@FunctionalInterface
public interface NormalizedScp {
    /** Serves none: every operation is answered 0211. */
    NormalizedScp NONE = (request, dataSet) -> NormalizedResponse.of(Status.UNRECOGNIZED_OPERATION, null);

    /**
     * Serves one request. What is thrown here is answered 0110, processing failure.
     *
     * @param dataSet what came with the request, read whole within its bounds; of patients, so never to be logged
     * @return the answer, sent when this method returns: 0111 for an instance created twice, 0112 for one that is not known,
     *     0106, 0120 and 0121 for attributes that are wrong, missing or empty, 0110 for what else fails
     */
    NormalizedResponse serve(NormalizedRequest request, DataSet dataSet);
}
