package io.prelim.ingest.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationDecision.Reject;
import io.prelim.dicom.net.association.AssociationRejected;
import io.prelim.dicom.net.association.PeerCertificate;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.dicom.net.transport.ClientTls;
import io.prelim.dicom.net.transport.DicomClient;
import io.prelim.dicom.net.transport.PemFiles;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.commitment.CommitmentScp;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.TestConfig;
import io.prelim.ingest.hint.AvailabilityScp;
import io.prelim.ingest.priors.Archive;
import io.prelim.ingest.procedure.ProcedureStepScp;
import io.prelim.ingest.receive.InstanceReceiver;
import io.prelim.ingest.remote.DicomTls;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.prelim.testkit.tls.TestCertificate;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A second listener beside the service's own: over TLS, for peers who show certificates that are on the list. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(120)
class TlsListenerIT {
    @TempDir
    Path folder;

    @Inject
    InstanceReceiver receiver;

    @Inject
    CommitmentScp commitment;

    @Inject
    ProcedureStepScp procedureSteps;

    @Inject
    AvailabilityScp availability;

    @Inject
    ReleaseHints releases;

    @Inject
    Archive archive;

    @Inject
    TestIndex index;

    private TestCertificate ours;
    private TestCertificate mr;
    private TestCertificate ct;
    private DicomListener listener;

    @BeforeEach
    void listen() throws IOException {
        ours = TestCertificate.make(folder, "ours", "EC");
        mr = TestCertificate.make(folder, "mr", "EC");
        ct = TestCertificate.make(folder, "ct", "EC");
        Path trust = folder.resolve("trust.crt");
        Files.writeString(trust, Files.readString(mr.certificate()) + Files.readString(ct.certificate()));
        IngestConfig config = TestConfig.of(Map.ofEntries(
                Map.entry("prelim.dicom.port", "0"),
                Map.entry("prelim.dicom.tls.port", "0"),
                Map.entry("prelim.dicom.tls.certificate", ours.certificate().toString()),
                Map.entry("prelim.dicom.tls.key", ours.key().toString()),
                Map.entry("prelim.dicom.tls.trust", trust.toString()),
                Map.entry("prelim.dicom.peers", "CT1@127.0.0.0/8,MR2@192.0.2.0/24"),
                Map.entry("prelim.dicom.remotes.mr.ae-title", "MR1"),
                Map.entry("prelim.dicom.remotes.mr.networks", "127.0.0.0/8"),
                Map.entry(
                        "prelim.dicom.remotes.mr.certificates",
                        PeerCertificate.of(mr.x509()).sha256())));
        listener = new DicomListener(
                config,
                receiver,
                commitment,
                procedureSteps,
                availability,
                releases,
                archive,
                new DicomTls(config),
                new SimpleMeterRegistry());
        listener.start();
    }

    @AfterEach
    void close() {
        listener.stop();
    }

    private DicomClient connect(String aeTitle, TestCertificate shown) throws IOException {
        ClientSettings settings = ClientSettings.of("127.0.0.1", listener.tlsPort(), aeTitle, "PRELIM");
        PemFiles files = new PemFiles(
                shown == null ? null : shown.certificate(), shown == null ? null : shown.key(), ours.certificate());
        return connect(settings.withTls(new ClientTls(files.context(), true)));
    }

    private static DicomClient connect(ClientSettings settings) throws IOException {
        return DicomClient.connect(
                settings,
                List.of(PresentationContext.of(
                        Uid.DIGITAL_X_RAY_IMAGE_STORAGE_FOR_PRESENTATION, Uid.EXPLICIT_VR_LITTLE_ENDIAN)));
    }

    @Test
    void whoShowsItsCertificateIsLetInAndItsObjectStored() throws IOException {
        TestObject object = TestObject.radiograph();
        try (DicomClient client = connect("MR1", mr)) {
            assertThat(client.store(
                                    object.sopClass(),
                                    object.sopInstance(),
                                    Uid.EXPLICIT_VR_LITTLE_ENDIAN,
                                    object.bytes())
                            .status())
                    .isZero();
        }
        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
    }

    @Test
    void whoShowsATrustedCertificateOfAnotherIsNotThatPeer() {
        AssociationRejected rejected = catchThrowableOfType(AssociationRejected.class, () -> connect("MR1", ct));

        assertThat(rejected.reject()).isEqualTo(Reject.CALLING_AE_TITLE_NOT_RECOGNIZED);
    }

    @Test
    void whoMustShowACertificateIsNotLetInOverPlainTcp() throws IOException {
        AssociationRejected rejected = catchThrowableOfType(
                AssociationRejected.class,
                () -> connect(ClientSettings.of("127.0.0.1", listener.port(), "MR1", "PRELIM")));
        assertThat(rejected.reject()).isEqualTo(Reject.CALLING_AE_TITLE_NOT_RECOGNIZED);

        connect(ClientSettings.of("127.0.0.1", listener.port(), "CT1", "PRELIM"))
                .close();
    }

    @Test
    @BadInput(id = "M05", entrance = Entrance.DIMSE, answer = "RJ(1,1,3): a title that is listed, from another address")
    void aTitleOfAnotherAddressIsNotLetIn() {
        AssociationRejected rejected = catchThrowableOfType(
                AssociationRejected.class,
                () -> connect(ClientSettings.of("127.0.0.1", listener.port(), "MR2", "PRELIM")));

        assertThat(rejected.reject()).isEqualTo(Reject.CALLING_AE_TITLE_NOT_RECOGNIZED);
    }

    @Test
    void whoShowsNoCertificateHasNoConnection() {
        assertThatThrownBy(() -> connect("CT1", null)).isInstanceOf(IOException.class);
    }

    @Test
    void whoNeedsNoCertificateOfItsOwnNeedsATrustedOne() throws IOException {
        connect("CT1", ct).close();
    }
}
