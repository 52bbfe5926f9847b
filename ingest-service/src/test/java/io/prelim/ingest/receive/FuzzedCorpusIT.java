package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.dicom.net.transport.DicomClient;
import io.prelim.dicom.object.FileMeta;
import io.prelim.ingest.Sender;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.fixture.IngestProcess;
import io.prelim.ingest.fixture.Prompt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The files of a fuzzer for DICOM receivers, each through both doors of a service with 256 MB: each is answered, and it goes on. */
@Tag("full")
@Timeout(600)
class FuzzedCorpusIT {
    private static final String ARCHIVE = "../shared/data/dicom/fuzz_pwnlab_v3_shared.tar.gz";
    private static final int FILES = 353;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int HEAD = 132;

    @TempDir
    Path folder;

    private List<Path> files;
    private IngestProcess ingest;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Path archive = Path.of(System.getProperty("prelim.root", "..")).resolve(ARCHIVE);
        assumeTrue(Files.isRegularFile(archive), "no corpus at " + ARCHIVE);
        files = unpacked(archive);
        ingest = IngestProcess.start(
                folder,
                IngestProcess.Surroundings.fresh(),
                "256m",
                Map.of("prelim.store.directory", folder.resolve("store").toString(), "prelim.store.min-free", "16M"));
    }

    @AfterEach
    void stop() {
        if (ingest != null) {
            ingest.close();
        }
    }

    private List<Path> unpacked(Path archive) throws IOException, InterruptedException {
        Path to = Files.createDirectory(folder.resolve("corpus"));
        assertThat(new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", to.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        try (Stream<Path> walk = Files.walk(to)) {
            return walk.filter(path -> path.toString().endsWith(".dcm"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyFileIsAnsweredAtBothDoorsAndTheServiceGoesOn() throws Exception {
        assertThat(files).hasSizeGreaterThanOrEqualTo(FILES);
        Map<String, Integer> dimse = new TreeMap<>();
        Map<String, Integer> stow = new TreeMap<>();

        for (Path path : files) {
            byte[] file = Files.readAllBytes(path);
            String name = path.getFileName().toString();
            dimse.merge(Prompt.answer(name, () -> stored(file)), 1, Integer::sum);
            int status = Prompt.answer(name, () -> ingest.store(file).statusCode());
            assertThat(status).as(name).isBetween(200, 499);
            stow.merge(Integer.toString(status), 1, Integer::sum);
        }

        System.out.println("fuzzed, C-STORE: " + dimse + "; STOW-RS: " + stow);
        TestObject good = TestObject.radiograph();
        try (Sender sender = Sender.connect(ingest.dicomPort())) {
            assertThat(sender.send(good).status()).isZero();
        }
        assertThat(ingest.store(TestObject.radiograph().file()).statusCode()).isEqualTo(200);
        assertThat(ingest.ready()).isTrue();
        assertThat(ingest.output()).doesNotContain("OutOfMemoryError");
    }

    /** The status as hexadecimal digits, or that the service takes no such objects. */
    private String stored(byte[] file) throws IOException {
        Announced announced = Announced.of(file);
        ClientSettings settings = ClientSettings.of("127.0.0.1", ingest.dicomPort(), "FUZZER", "PRELIM")
                .withTimeouts(PATIENCE, PATIENCE);
        try (DicomClient client = DicomClient.connect(
                settings, List.of(PresentationContext.of(announced.sopClass(), announced.syntax())))) {
            if (!client.accepts(announced.sopClass(), announced.syntax())) {
                return "not accepted";
            }
            return String.format(
                    "%04X",
                    client.store(announced.sopClass(), announced.sopInstance(), announced.syntax(), announced.dataSet())
                            .status());
        }
    }

    /** What a sender says of a file that it does not understand either. */
    private record Announced(String sopClass, String sopInstance, String syntax, byte[] dataSet) {
        static Announced of(byte[] file) throws IOException {
            try {
                FileMeta meta = FileMeta.read(new ByteArrayInputStream(file), ReadLimits.DEFAULT);
                if (Stream.of(meta.sopClassUid(), meta.sopInstanceUid(), meta.transferSyntaxUid())
                        .allMatch(uid -> uid != null && Uid.isValid(uid))) {
                    return new Announced(
                            meta.sopClassUid(),
                            meta.sopInstanceUid(),
                            meta.transferSyntaxUid(),
                            meta.dataSet().readAllBytes());
                }
            } catch (IOException e) {
                // announced as a CT image then, with all that lies behind the prefix
            }
            return new Announced(
                    Uid.CT_IMAGE_STORAGE,
                    Uid.random(),
                    Uid.EXPLICIT_VR_LITTLE_ENDIAN,
                    file.length > HEAD ? Arrays.copyOfRange(file, HEAD, file.length) : file);
        }
    }
}
