package io.prelim.ingest.association;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.dicom.net.association.Limits;
import io.prelim.dicom.net.dimse.NormalizedRequest;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.dimse.NormalizedScp;
import io.prelim.dicom.net.dimse.NormalizedSopClass;
import io.prelim.dicom.net.dimse.StoreRequest;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.transport.DicomServer;
import io.prelim.dicom.net.transport.ServerSettings;
import io.prelim.dicom.object.DataSet;
import io.prelim.ingest.commitment.CommitmentScp;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.hint.AvailabilityScp;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.priors.Archive;
import io.prelim.ingest.procedure.ProcedureStepScp;
import io.prelim.ingest.receive.InstanceReceiver;
import io.prelim.ingest.receive.Receipt;
import io.prelim.ingest.receive.Reception;
import io.prelim.ingest.remote.DicomTls;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** Runs the DICOM server: its own threads, outside the framework's pools. */
@ApplicationScoped
public class DicomListener {
    /** Served beside Verification and Storage. */
    public static final Set<String> SOP_CLASSES = Set.of(
            NormalizedSopClass.STORAGE_COMMITMENT_PUSH_MODEL.uid(),
            NormalizedSopClass.MODALITY_PERFORMED_PROCEDURE_STEP.uid(),
            NormalizedSopClass.INSTANCE_AVAILABILITY_NOTIFICATION.uid());

    private static final Logger LOG = Logger.getLogger(DicomListener.class);

    private final IngestConfig.Dicom config;
    private final InstanceReceiver receiver;
    private final CommitmentScp commitment;
    private final ProcedureStepScp procedureSteps;
    private final AvailabilityScp availability;
    private final ReleaseHints releases;
    private final MeterRegistry meters;
    private final Archive archive;
    private final DicomTls tls;
    private volatile DicomServer server;
    private volatile DicomServer tlsServer;

    DicomListener(
            IngestConfig config,
            InstanceReceiver receiver,
            CommitmentScp commitment,
            ProcedureStepScp procedureSteps,
            AvailabilityScp availability,
            ReleaseHints releases,
            Archive archive,
            DicomTls tls,
            MeterRegistry meters) {
        this.config = config.dicom();
        this.receiver = receiver;
        this.commitment = commitment;
        this.procedureSteps = procedureSteps;
        this.availability = availability;
        this.releases = releases;
        this.archive = archive;
        this.tls = tls;
        this.meters = meters;
    }

    /** @throws IOException when a port cannot be opened, or a file of TLS not be read; then none is open */
    public void start() throws IOException {
        List<Peer> peers = Peer.of(config);
        AssociationReport report = new AssociationReport(meters, releases);
        server = listen(settings(config.address(), config.port()), peers, report);
        if (tls.listens()) {
            try {
                String address = config.tls().address().orElse(config.address());
                tlsServer = listen(settings(address, config.tls().port()).withTls(tls.server()), peers, report);
            } catch (IOException | RuntimeException e) {
                stop();
                throw e;
            }
        }
    }

    private ServerSettings settings(String address, int port) throws IOException {
        return ServerSettings.defaults()
                .withAddress(InetAddress.getByName(address))
                .withPort(port)
                .withLimits(Limits.DEFAULT
                        .withMaxAssociations(config.maxAssociations())
                        .withReservedAssociations(Math.min(config.reservedAssociations(), config.maxAssociations()))
                        .withMaxPerPeer(config.maxAssociationsPerPeer())
                        .withMaxOperationsInvoked(config.maxOperationsInvoked()))
                .withAbstractSyntaxes(SOP_CLASSES)
                .withMaxPduLength(config.maxPduLength())
                .withTimeouts(config.artimTimeout(), config.idleTimeout(), config.messageTimeout())
                .withCloseGrace(config.closeGrace());
    }

    private DicomServer listen(ServerSettings settings, List<Peer> peers, AssociationReport report) throws IOException {
        DicomServer started =
                DicomServer.start(settings, new KnownPeers(config.aeTitle(), peers), this::store, this::serve, report);
        OperatorMessage.DICOM_LISTENS.log(
                LOG,
                "address",
                settings.address().getHostAddress(),
                "port",
                started.port(),
                "tls",
                settings.tls() == null ? "none" : settings.tls().clientCertificates(),
                "aeTitle",
                config.aeTitle(),
                "peers",
                peers.size());
        return started;
    }

    /** The port listened on, 0 when not listening. */
    public int port() {
        return port(server);
    }

    /** The port listened on over TLS, 0 when not listening. */
    public int tlsPort() {
        return port(tlsServer);
    }

    private static int port(DicomServer running) {
        return running == null ? 0 : running.port();
    }

    /** Lets running messages finish, then ends what is left. */
    public void stop() {
        DicomServer plain = server;
        DicomServer overTls = tlsServer;
        server = null;
        tlsServer = null;
        if (overTls != null) {
            overTls.close();
        }
        if (plain != null) {
            plain.close();
        }
    }

    private NormalizedResponse serve(NormalizedRequest request, DataSet dataSet) {
        NormalizedScp scp =
                switch (request.sopClass()) {
                    case STORAGE_COMMITMENT_PUSH_MODEL -> commitment;
                    case MODALITY_PERFORMED_PROCEDURE_STEP -> procedureSteps;
                    case INSTANCE_AVAILABILITY_NOTIFICATION -> availability;
                };
        return scp.serve(request, dataSet);
    }

    private CompletionStage<StoreResponse> store(StoreRequest request, InputStream dataSet) throws IOException {
        Reception reception = new Reception(
                request.callingAeTitle(),
                request.sopClassUid(),
                request.sopInstanceUid(),
                null,
                request.transferSyntax(),
                archive.sends(request.callingAeTitle(), request.moveOriginatorAeTitle()));
        try {
            return receiver.receive(reception, dataSet).thenApply(receipt -> answer(request, receipt));
        } catch (RuntimeException e) {
            OperatorMessage.RECEIVE_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            throw e;
        }
    }

    private StoreResponse answer(StoreRequest request, Receipt receipt) {
        if (receipt instanceof Receipt.Stored stored && stored.how() == Receipt.How.NEW) {
            releases.stored(request.associationId(), request.callingAeTitle(), stored.studyKey());
        }
        return receipt instanceof Receipt.Refused refused
                ? StoreResponse.of(refused.reason().dimseStatus(), refused.comment())
                : StoreResponse.SUCCESS;
    }
}
