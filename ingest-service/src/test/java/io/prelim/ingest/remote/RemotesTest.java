package io.prelim.ingest.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationListener;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.transport.DicomClient;
import io.prelim.dicom.net.transport.DicomServer;
import io.prelim.dicom.net.transport.PemFiles;
import io.prelim.dicom.net.transport.ServerSettings;
import io.prelim.dicom.net.transport.ServerTls;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.TestConfig;
import io.prelim.testkit.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemotesTest {
    private static final List<PresentationContext> ECHO =
            List.of(PresentationContext.of(Uid.VERIFICATION, Uid.IMPLICIT_VR_LITTLE_ENDIAN));

    private static Remotes remotes(Map<String, String> settings) {
        IngestConfig config = TestConfig.of(settings);
        return new Remotes(config, new DicomTls(config));
    }

    private static Map<String, String> archive(int port) {
        return new HashMap<>(Map.of(
                "prelim.dicom.remotes.archive.ae-title", "PACS",
                "prelim.dicom.remotes.archive.host", "127.0.0.1",
                "prelim.dicom.remotes.archive.port", Integer.toString(port)));
    }

    private static DicomServer listening(ServerTls tls) throws IOException {
        return DicomServer.start(
                ServerSettings.defaults().withTls(tls),
                AssociationPolicy.calledAeTitle("PACS"),
                (request, dataSet) -> StoreResponse.SUCCESS.now(),
                new AssociationListener() {});
    }

    @Test
    void aRemoteWithAnAddressIsCalledByItsTitle() throws IOException {
        try (DicomServer server = listening(null)) {
            Remotes remotes = remotes(archive(server.port()));
            Remote archive = remotes.ofAeTitle("PACS").orElseThrow();

            assertThat(archive).isEqualTo(new Remote("archive", "PACS", "127.0.0.1", server.port(), false));
            try (DicomClient client = remotes.connect(archive, ECHO)) {
                assertThat(client.echo()).isZero();
            }
        }
    }

    @Test
    void aRemoteThatWantsTlsIsCalledOverIt(@TempDir Path folder) throws IOException {
        TestCertificate ours = TestCertificate.make(folder, "ours", "EC");
        TestCertificate theirs = TestCertificate.make(folder, "theirs", "EC");
        ServerTls tls = new ServerTls(
                new PemFiles(theirs.certificate(), theirs.key(), ours.certificate()).context(),
                ServerTls.ClientCertificates.REQUIRED);
        try (DicomServer server = listening(tls)) {
            Map<String, String> settings = archive(server.port());
            settings.put("prelim.dicom.remotes.archive.tls", "true");
            settings.put("prelim.dicom.tls.certificate", ours.certificate().toString());
            settings.put("prelim.dicom.tls.key", ours.key().toString());
            settings.put("prelim.dicom.tls.trust", theirs.certificate().toString());
            Remotes remotes = remotes(settings);
            try (DicomClient client = remotes.connect(remotes.ofAeTitle("PACS").orElseThrow(), ECHO)) {
                assertThat(client.echo()).isZero();
            }

            settings.put("prelim.dicom.tls.trust", ours.certificate().toString());
            Remotes mistrusting = remotes(settings);
            assertThatThrownBy(() ->
                            mistrusting.connect(mistrusting.ofAeTitle("PACS").orElseThrow(), ECHO))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aRemoteWithoutAnAddressCannotBeCalled() {
        assertThat(remotes(Map.of("prelim.dicom.remotes.ct.ae-title", "CT1")).ofAeTitle("CT1"))
                .isEmpty();
    }

    @Test
    void anAddressIsHostAndPort() {
        Map<String, String> settings = archive(104);
        settings.remove("prelim.dicom.remotes.archive.port");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> remotes(settings))
                .withMessage("prelim.dicom.remotes.archive: host and port belong together");
    }

    @Test
    void anAeTitleHasOneAddress() {
        Map<String, String> settings = archive(104);
        settings.put("prelim.dicom.remotes.other.ae-title", "PACS");
        settings.put("prelim.dicom.remotes.other.host", "127.0.0.1");
        settings.put("prelim.dicom.remotes.other.port", "105");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> remotes(settings))
                .withMessageContaining("prelim.dicom.remotes.other")
                .withMessageContaining("prelim.dicom.remotes.archive");
    }
}
