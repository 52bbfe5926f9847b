package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.AssociationDecision;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.association.AssociationRequest;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.transport.ServerTls.ClientCertificates;
import io.prelim.testkit.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS, with certificates for both sides; after each test it is stopped, and no association is left. */
abstract class TlsServer {
    static final String CT = Uid.CT_IMAGE_STORAGE;
    static final String IMPLICIT = Uid.IMPLICIT_VR_LITTLE_ENDIAN;
    static final List<PresentationContext> CONTEXTS =
            List.of(PresentationContext.of(CT, IMPLICIT), PresentationContext.of(Uid.VERIFICATION, IMPLICIT));
    static final Duration SHORT = Duration.ofMillis(500);
    static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    static Path folder;

    static TestCertificate ours;
    static TestCertificate modality;
    static TestCertificate stranger;
    /** Bears the modality's name, and is not its certificate. */
    static TestCertificate forged;

    final MemoryStore store = new MemoryStore();
    final RecordingListener listener = new RecordingListener();
    final List<AssociationRequest> requests = new CopyOnWriteArrayList<>();
    DicomServer server;

    @BeforeAll
    static void certificates() throws IOException {
        ours = TestCertificate.make(folder, "server", "EC");
        modality = TestCertificate.make(folder, "modality", "RSA");
        stranger = TestCertificate.make(folder, "stranger", "EC");
        forged = TestCertificate.make(Files.createDirectory(folder.resolve("forged")), "modality", "RSA");
    }

    static SSLContext context(TestCertificate own, TestCertificate trusted) throws IOException {
        return new PemFiles(
                        own == null ? null : own.certificate(), own == null ? null : own.key(), trusted.certificate())
                .context();
    }

    final void start(ClientCertificates certificates) throws IOException {
        start(ServerSettings.defaults(), certificates, request -> AssociationDecision.ACCEPT);
    }

    final void start(ServerSettings settings, ClientCertificates certificates, AssociationPolicy policy)
            throws IOException {
        server = DicomServer.start(
                settings.withTls(new ServerTls(context(ours, modality), certificates)),
                request -> {
                    requests.add(request);
                    return policy.decide(request);
                },
                store,
                listener);
    }

    final DicomClient connect(TestCertificate own, TestCertificate trusted) throws IOException {
        return DicomClient.connect(
                ClientSettings.of("localhost", server.port(), "MODALITY", "PRELIM")
                        .withTls(new ClientTls(context(own, trusted), true)),
                CONTEXTS);
    }

    final void refused(AbortCause.Kind... anyOf) {
        await().untilAsserted(() -> assertThat(listener.aborted)
                .singleElement()
                .extracting(AbortCause::kind)
                .isIn((Object[]) anyOf));
        await().until(() -> server.connections() == 0);
        assertThat(requests).isEmpty();
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("dicom-association")));
    }
}
