package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetReader;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.testkit.peers.Peers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DCMTK's programs as our peers, both ways. */
@org.junit.jupiter.api.Tag("full")
class DcmtkTest {
    @TempDir
    private Path folder;

    private static DataSet image(int number, int length) {
        return new DataSet()
                .putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192")
                .putString(Tag.SOP_CLASS_UID, Uid.SECONDARY_CAPTURE_IMAGE_STORAGE)
                .putString(Tag.SOP_INSTANCE_UID, "1.2.826.0.1.3680043.9.1." + number)
                .putString(Tag.STUDY_DATE, "20260101")
                .putString(Tag.STUDY_TIME, "120000")
                .putString(Tag.ACCESSION_NUMBER, "")
                .putString(Tag.MODALITY, "OT")
                .putString(Tag.CONVERSION_TYPE, "WSD")
                .putString(Tag.PATIENT_NAME, "Synthetic^Ünïcode")
                .putString(Tag.PATIENT_ID, "S1")
                .putString(Tag.STUDY_INSTANCE_UID, "1.2.826.0.1.3680043.9.2")
                .putString(Tag.SERIES_INSTANCE_UID, "1.2.826.0.1.3680043.9.3")
                .putSequence(
                        Tag.PROCEDURE_CODE_SEQUENCE,
                        new DataSet()
                                .putString(Tag.CODE_VALUE, "1")
                                .putString(Tag.CODING_SCHEME_DESIGNATOR, "99PRELIM")
                                .putString(Tag.CODE_MEANING, "one"))
                .putInteger(Tag.SAMPLES_PER_PIXEL, 1)
                .putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .putInteger(Tag.ROWS, 1)
                .putInteger(Tag.COLUMNS, length)
                .putInteger(Tag.BITS_ALLOCATED, 8)
                .putInteger(Tag.BITS_STORED, 8)
                .putInteger(Tag.HIGH_BIT, 7)
                .putInteger(Tag.PIXEL_REPRESENTATION, 0)
                .putBytes(Tag.PIXEL_DATA, VR.OB, new byte[length]);
    }

    private Path file(int number, TransferSyntax syntax) throws IOException {
        Path path = folder.resolve(number + ".dcm");
        try (OutputStream out = Files.newOutputStream(path)) {
            DicomFile.of(image(number, 50_000 + number), syntax).write(out);
        }
        return path;
    }

    private Process run(Path program, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(folder.resolve("output.txt").toFile());
        // Debian's build would hold back the end of each message for the peer's delayed acknowledgement
        builder.environment().put("TCP_NODELAY", "1");
        return builder.start();
    }

    private void succeeds(Path program, Object... arguments) throws Exception {
        int exit = run(program, arguments).waitFor();
        assertThat(exit).as(Files.readString(folder.resolve("output.txt"))).isZero();
    }

    @Test
    void echoscu() throws Exception {
        Path echoscu = Peers.require("echoscu", "dcmtk");
        RecordingListener listener = new RecordingListener();
        try (DicomServer server = DicomServer.start(
                ServerSettings.defaults(), AssociationPolicy.calledAeTitle("PRELIM"), new MemoryStore(), listener)) {
            succeeds(echoscu, "-aec", "PRELIM", "127.0.0.1", server.port());

            assertThat(run(echoscu, "-aec", "OTHER", "127.0.0.1", server.port()).waitFor())
                    .isNotZero();
            await().untilAsserted(() -> assertThat(listener.rejected).hasToString("[RJ(1,1,7)]"));
            assertThat(listener.received).containsExactly("C-ECHO 0000 0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"storescu", "dcmsend"})
    void senders(String program) throws Exception {
        Path sender = Peers.require(program, "dcmtk");
        MemoryStore store = new MemoryStore();
        List<Object> arguments = new ArrayList<>(List.of("-aec", "PRELIM", "127.0.0.1"));
        try (DicomServer server = DicomServer.start(
                ServerSettings.defaults(), AssociationPolicy.acceptAll(), store, new RecordingListener())) {
            arguments.add(server.port());
            for (int i = 0; i < 30; i++) {
                arguments.add(file(
                        i,
                        i % 2 == 0
                                ? TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN
                                : TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN));
            }

            succeeds(sender, arguments.toArray());
        }

        assertThat(store.objects).hasSize(30);
        for (int i = 0; i < 30; i++) {
            String uid = "1.2.826.0.1.3680043.9.1." + i;
            String syntax = store.requests.stream()
                    .filter(request -> request.sopInstanceUid().equals(uid))
                    .findFirst()
                    .orElseThrow()
                    .transferSyntax();
            DataSet received = DataSetReader.read(
                    new ByteArrayInputStream(store.objects.get(uid)),
                    TransferSyntax.of(syntax),
                    ReadLimits.DEFAULT.strict());
            assertThat(received.string(Tag.SOP_INSTANCE_UID)).isEqualTo(uid);
            assertThat(received.string(Tag.PATIENT_NAME)).isEqualTo("Synthetic^Ünïcode");
            assertThat(received.bytes(Tag.PIXEL_DATA)).hasSize((50_001 + i) & ~1);
        }
    }

    @Test
    void storescp() throws Exception {
        Path storescp = Peers.require("storescp", "dcmtk");
        Path received = Files.createDirectory(folder.resolve("received"));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process peer = run(storescp, "--bit-preserving", "-od", received, port);
        try {
            ClientSettings settings = ClientSettings.of("127.0.0.1", port, "PRELIM", "STORESCP");
            List<PresentationContext> contexts = List.of(
                    PresentationContext.of(Uid.VERIFICATION, Uid.IMPLICIT_VR_LITTLE_ENDIAN),
                    PresentationContext.of(Uid.SECONDARY_CAPTURE_IMAGE_STORAGE, Uid.EXPLICIT_VR_LITTLE_ENDIAN));
            await().atMost(Duration.ofSeconds(10))
                    .ignoreExceptions()
                    .untilAsserted(() -> DicomClient.connect(settings, contexts).close());

            try (DicomClient client = DicomClient.connect(settings, contexts)) {
                assertThat(client.echo()).isZero();
                for (int i = 0; i < 20; i++) {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    DataSetWriter.write(image(i, 100_000 + i), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, bytes);
                    assertThat(client.store(
                                            Uid.SECONDARY_CAPTURE_IMAGE_STORAGE,
                                            "1.2.826.0.1.3680043.9.1." + i,
                                            Uid.EXPLICIT_VR_LITTLE_ENDIAN,
                                            bytes.toByteArray())
                                    .status())
                            .isZero();
                }
            }
        } finally {
            peer.destroy();
            peer.waitFor();
        }

        List<Path> files;
        try (Stream<Path> list = Files.list(received)) {
            files = list.sorted().toList();
        }
        assertThat(files).hasSize(20);
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                DataSet dataSet =
                        DicomFile.read(in, ReadLimits.DEFAULT.strict()).dataSet();
                int number =
                        Integer.parseInt(dataSet.string(Tag.SOP_INSTANCE_UID).substring(24));
                ByteArrayOutputStream sent = new ByteArrayOutputStream();
                DataSetWriter.write(image(number, 100_000 + number), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, sent);
                ByteArrayOutputStream kept = new ByteArrayOutputStream();
                DataSetWriter.write(dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, kept);
                assertThat(kept.toByteArray()).isEqualTo(sent.toByteArray());
            }
        }
    }
}
