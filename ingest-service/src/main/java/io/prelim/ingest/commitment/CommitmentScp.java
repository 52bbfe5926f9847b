package io.prelim.ingest.commitment;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.dicom.net.dimse.NormalizedOperation;
import io.prelim.dicom.net.dimse.NormalizedRequest;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.dimse.NormalizedScp;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.net.dimse.StorageCommitment;
import io.prelim.dicom.object.DataSet;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.remote.Remotes;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Takes on requests for storage commitment (PS3.4 section J.3.2): 0000 means that the request is kept and will be answered. */
@ApplicationScoped
public class CommitmentScp implements NormalizedScp {
    private static final Logger LOG = Logger.getLogger(CommitmentScp.class);
    /** Refused, not authorized (PS3.7 section 10.1.4.1.10): the result could never be told. */
    private static final int NOT_AUTHORIZED = 0x0124;

    private final Commitments commitments;
    private final Remotes remotes;
    private final int maxInstances;
    private final MeterRegistry meters;

    CommitmentScp(Commitments commitments, Remotes remotes, IngestConfig config, MeterRegistry meters) {
        this.commitments = commitments;
        this.remotes = remotes;
        this.maxInstances = config.commitment().maxInstances();
        this.meters = meters;
    }

    @Override
    public NormalizedResponse serve(NormalizedRequest request, DataSet dataSet) {
        NormalizedResponse response = answer(request, dataSet);
        meters.counter("prelim.ingest.commitment.requests", "status", String.format("%04X", response.status()))
                .increment();
        return response;
    }

    private NormalizedResponse answer(NormalizedRequest request, DataSet dataSet) {
        String requester = request.association().callingAeTitle();
        if (request.operation() != NormalizedOperation.N_ACTION) {
            return NormalizedResponse.of(Status.UNRECOGNIZED_OPERATION, "no commitment was requested by us");
        }
        if (request.typeId() != StorageCommitment.REQUEST) {
            return NormalizedResponse.of(Status.NO_SUCH_ACTION, null);
        }
        if (remotes.ofAeTitle(requester).isEmpty()) {
            OperatorMessage.COMMITMENT_REFUSED.log(
                    LOG,
                    "callingAe",
                    requester,
                    "remote",
                    request.association().remoteAddress().getHostAddress(),
                    "set",
                    "prelim.dicom.remotes.<name>.ae-title, .host, .port");
            return NormalizedResponse.of(NOT_AUTHORIZED, "no address of this AE title is configured for results");
        }
        try {
            StorageCommitment.Request asked = StorageCommitment.Request.of(dataSet);
            if (asked.instances().size() > maxInstances) {
                return NormalizedResponse.of(
                        Status.RESOURCE_LIMITATION,
                        asked.instances().size() + " instances, at most " + maxInstances + " in one request");
            }
            return taken(requester, asked);
        } catch (StorageCommitment.Unusable e) {
            return e.response();
        }
    }

    private NormalizedResponse taken(String requester, StorageCommitment.Request asked) {
        try {
            Commitments.Taken taken = commitments.take(requester, asked);
            if (taken == Commitments.Taken.OTHER_REQUEST) {
                return NormalizedResponse.of(
                        Status.INVALID_ARGUMENT_VALUE, "(0008,1195) names a request for other instances");
            }
            OperatorMessage.COMMITMENT_REQUESTED.log(
                    LOG,
                    "callingAe",
                    requester,
                    "transaction",
                    asked.transactionUid(),
                    "instances",
                    asked.instances().size(),
                    "again",
                    taken == Commitments.Taken.AGAIN);
            return NormalizedResponse.SUCCESS;
        } catch (RuntimeException e) {
            OperatorMessage.COMMITMENTS_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            return NormalizedResponse.of(Status.PROCESSING_FAILURE, "database not available");
        }
    }
}
