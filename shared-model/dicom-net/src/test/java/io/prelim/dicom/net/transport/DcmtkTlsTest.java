package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.transport.ServerTls.ClientCertificates;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.testkit.peers.Peers;
import io.prelim.testkit.tls.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DCMTK's programs as peers over TLS, both ways, by their non-downgrading BCP 195 profile. */
@Tag("full")
class DcmtkTlsTest {
    @TempDir
    private static Path folder;

    private static TestCertificate ours;
    private static TestCertificate theirs;
    private static TestCertificate stranger;

    @BeforeAll
    static void certificates() throws IOException {
        ours = TestCertificate.make(folder, "prelim", "RSA");
        theirs = TestCertificate.make(folder, "dcmtk", "RSA");
        stranger = TestCertificate.make(folder, "stranger", "RSA");
    }

    private static Process start(Path program, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(folder.resolve("output.txt").toFile());
        builder.environment().put("TCP_NODELAY", "1");
        return builder.start();
    }

    private static int exit(Path program, Object... arguments) throws Exception {
        return start(program, arguments).waitFor();
    }

    private static DicomServer server(MemoryStore store, RecordingListener listener) throws IOException {
        PemFiles files = new PemFiles(ours.certificate(), ours.key(), theirs.certificate());
        return DicomServer.start(
                ServerSettings.defaults().withTls(new ServerTls(files.context(), ClientCertificates.REQUIRED)),
                AssociationPolicy.acceptAll(),
                store,
                listener);
    }

    @Test
    void echoscuAndStorescu() throws Exception {
        Path echoscu = Peers.require("echoscu", "dcmtk");
        Path storescu = Peers.require("storescu", "dcmtk");
        Path file = folder.resolve("object.dcm");
        try (OutputStream out = Files.newOutputStream(file)) {
            DataSet object = new DataSet()
                    .putString(io.prelim.dicom.core.Tag.SOP_CLASS_UID, Uid.SECONDARY_CAPTURE_IMAGE_STORAGE)
                    .putString(io.prelim.dicom.core.Tag.SOP_INSTANCE_UID, "1.2.826.0.1.3680043.9.1.1");
            DicomFile.of(object, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN).write(out);
        }
        MemoryStore store = new MemoryStore();
        RecordingListener listener = new RecordingListener();
        try (DicomServer server = server(store, listener)) {
            Object[] tls = {"+tls", theirs.key(), theirs.certificate(), "+cf", ours.certificate()};

            assertThat(exit(echoscu, tls[0], tls[1], tls[2], tls[3], tls[4], "127.0.0.1", server.port()))
                    .as(Files.readString(folder.resolve("output.txt")))
                    .isZero();
            assertThat(exit(storescu, tls[0], tls[1], tls[2], tls[3], tls[4], "127.0.0.1", server.port(), file))
                    .as(Files.readString(folder.resolve("output.txt")))
                    .isZero();
        }
        assertThat(store.objects).containsOnlyKeys("1.2.826.0.1.3680043.9.1.1");
        assertThat(listener.released).hasSize(2);
    }

    @Test
    void echoscuWithAnotherCertificateOrNoneOrNoTls() throws Exception {
        Path echoscu = Peers.require("echoscu", "dcmtk");
        RecordingListener listener = new RecordingListener();
        try (DicomServer server = server(new MemoryStore(), listener)) {
            Object trust = ours.certificate();
            int port = server.port();

            assertThat(exit(echoscu, "+tls", stranger.key(), stranger.certificate(), "+cf", trust, "127.0.0.1", port))
                    .isNotZero();
            assertThat(exit(echoscu, "+tla", "+cf", trust, "127.0.0.1", port)).isNotZero();
            assertThat(exit(echoscu, "127.0.0.1", port)).isNotZero();

            await().untilAsserted(() -> assertThat(listener.aborted).hasSize(3));
            assertThat(listener.accepted).isEmpty();
        }
    }

    @Test
    void storescp() throws Exception {
        Path storescp = Peers.require("storescp", "dcmtk");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process peer = start(
                storescp,
                "+tls",
                theirs.key(),
                theirs.certificate(),
                "+cf",
                ours.certificate(),
                "--output-directory",
                folder,
                port);
        try {
            ClientSettings settings = ClientSettings.of("127.0.0.1", port, "PRELIM", "STORESCP")
                    .withTls(new ClientTls(
                            new PemFiles(ours.certificate(), ours.key(), theirs.certificate()).context(), true));
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> {
                        try (DicomClient client = DicomClient.connect(
                                settings,
                                List.of(PresentationContext.of(Uid.VERIFICATION, Uid.IMPLICIT_VR_LITTLE_ENDIAN)))) {
                            return client.echo() == 0;
                        }
                    });
        } finally {
            peer.destroy();
            peer.waitFor();
        }
    }
}
