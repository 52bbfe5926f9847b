package io.prelim.ingest.commitment;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationListener;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.dimse.NormalizedRequest;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.dimse.StorageCommitment;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.dicom.net.transport.DicomClient;
import io.prelim.dicom.net.transport.DicomServer;
import io.prelim.dicom.net.transport.ServerSettings;
import io.prelim.dicom.object.DataSet;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A modality that wants commitment: asks on one association, and takes results on those of the service. */
public final class Requester implements AutoCloseable {
    /** What the service reported, and under which event type. */
    public record Report(int eventType, StorageCommitment.Result result) {}

    private final int status;
    private final List<Report> reports = new CopyOnWriteArrayList<>();
    private final DicomServer server;

    private Requester(int port, int status) throws IOException {
        this.status = status;
        this.server = DicomServer.start(
                ServerSettings.defaults()
                        .withPort(port)
                        .withAbstractSyntaxes(Set.of(Uid.STORAGE_COMMITMENT_PUSH_MODEL)),
                AssociationPolicy.acceptAll(),
                (request, dataSet) -> StoreResponse.SUCCESS.now(),
                this::reported,
                new AssociationListener() {});
    }

    /** @param status its answer to every report */
    public static Requester listening(int port, int status) throws IOException {
        return new Requester(port, status);
    }

    /** Asks for an action; the service's answer. */
    public static NormalizedResponse ask(int port, String aeTitle, int actionType, DataSet information)
            throws IOException {
        try (DicomClient client = DicomClient.connect(
                ClientSettings.of("127.0.0.1", port, aeTitle, "PRELIM"),
                List.of(PresentationContext.of(Uid.STORAGE_COMMITMENT_PUSH_MODEL, Uid.EXPLICIT_VR_LITTLE_ENDIAN)))) {
            return client.action(
                    Uid.STORAGE_COMMITMENT_PUSH_MODEL,
                    Uid.STORAGE_COMMITMENT_PUSH_MODEL_INSTANCE,
                    actionType,
                    information);
        }
    }

    /** Reports of one transaction. */
    public List<Report> reports(String transactionUid) {
        return reports.stream()
                .filter(report -> report.result().transactionUid().equals(transactionUid))
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }

    private NormalizedResponse reported(NormalizedRequest request, DataSet dataSet) {
        try {
            reports.add(new Report(request.typeId(), StorageCommitment.Result.of(dataSet)));
            return NormalizedResponse.of(status, null);
        } catch (StorageCommitment.Unusable e) {
            return e.response();
        }
    }
}
