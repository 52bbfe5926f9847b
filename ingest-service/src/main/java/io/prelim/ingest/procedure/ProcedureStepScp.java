package io.prelim.ingest.procedure;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.dimse.NormalizedOperation;
import io.prelim.dicom.net.dimse.NormalizedRequest;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.dimse.NormalizedScp;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.object.DataSet;
import io.prelim.ingest.normalized.RequestRefused;
import io.prelim.ingest.notice.OperatorMessage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Keeps performed procedure steps: N-CREATE begins one, N-SET changes it until it has ended (PS3.4 section F.7.2). */
@ApplicationScoped
public class ProcedureStepScp implements NormalizedScp {
    private static final Logger LOG = Logger.getLogger(ProcedureStepScp.class);

    private final ProcedureSteps steps;
    private final MeterRegistry meters;

    ProcedureStepScp(ProcedureSteps steps, MeterRegistry meters) {
        this.steps = steps;
        this.meters = meters;
    }

    @Override
    public NormalizedResponse serve(NormalizedRequest request, DataSet dataSet) {
        NormalizedResponse response = answer(request, dataSet);
        meters.counter(
                        "prelim.ingest.procedure.steps",
                        "operation",
                        request.operation().toString(),
                        "status",
                        String.format("%04X", response.status()))
                .increment();
        return response;
    }

    private NormalizedResponse answer(NormalizedRequest request, DataSet dataSet) {
        try {
            return request.operation() == NormalizedOperation.N_CREATE
                    ? create(request, StepReport.created(dataSet), StepReport.announced(dataSet))
                    : change(request, StepReport.changed(dataSet), StepReport.announced(dataSet));
        } catch (RequestRefused e) {
            OperatorMessage.STEP_REFUSED.log(
                    LOG,
                    "callingAe",
                    request.association().callingAeTitle(),
                    "operation",
                    request.operation(),
                    "step",
                    request.sopInstanceUid(),
                    "comment",
                    e.getMessage());
            return e.response();
        } catch (RuntimeException e) {
            OperatorMessage.STEP_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            return NormalizedResponse.of(Status.PROCESSING_FAILURE, "database not available");
        }
    }

    private NormalizedResponse create(NormalizedRequest request, StepReport report, List<String> announced)
            throws RequestRefused {
        String uid = request.sopInstanceUid().isEmpty() ? Uid.random() : request.sopInstanceUid();
        if (!steps.create(uid, report, announced, request.association().callingAeTitle())) {
            throw new RequestRefused(Status.DUPLICATE_SOP_INSTANCE, "the step is there already");
        }
        told(uid, report);
        return NormalizedResponse.created(uid);
    }

    private NormalizedResponse change(NormalizedRequest request, StepReport report, List<String> announced)
            throws RequestRefused {
        String uid = request.sopInstanceUid();
        return switch (steps.change(uid, report, announced)) {
            case UNKNOWN -> throw new RequestRefused(Status.NO_SUCH_SOP_INSTANCE, "no such step");
            case ENDED ->
                NormalizedResponse.of(Status.PROCESSING_FAILURE, "the step has ended")
                        .withErrorId(StepReport.NO_LONGER_UPDATED);
            case DONE -> {
                told(uid, report);
                yield NormalizedResponse.SUCCESS;
            }
        };
    }

    private static void told(String uid, StepReport report) {
        OperatorMessage.STEP_TOLD.log(LOG, "step", uid, "status", report.status() == null ? "-" : report.status());
    }
}
