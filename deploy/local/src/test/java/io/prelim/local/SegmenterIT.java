package io.prelim.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.local.stack.Part;
import io.prelim.local.stack.StackSettings;
import io.prelim.testkit.host.BuildHost;
import io.prelim.testkit.peers.PeerProcess;
import io.prelim.testkit.peers.Peers;
import io.prelim.testkit.port.FreePort;
import io.prelim.testkit.study.StudyGenerator;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the slices of a CT to a volume in the draft and the mask behind it, through three processes. */
class SegmenterIT {
    private static final Path GRAPH = LiveStack.ROOT.resolve("inference-service/src/test/models/voxels.onnx");
    private static final int SLICES = 8;
    private static final int SIDE = 64;
    /** Where NIfTI-1 says where its first voxel is, and the number of axes and their lengths. */
    private static final int NIFTI_VOXELS_AT = 108;

    private static final int NIFTI_AXES = 40;

    private final int archivePort = FreePort.next();

    @TempDir
    Path packages;

    @TempDir
    Path archive;

    private LiveStack live;

    @BeforeEach
    void start() throws Exception {
        Path folder = Files.createDirectory(packages.resolve("body"));
        Files.copy(GRAPH, folder.resolve("model.onnx"));
        Files.writeString(folder.resolve("manifest.yaml"), manifest());
        Files.writeString(
                folder.resolve("card.yaml"), "clearance: none\nregion: []\nexpires: 2099-12-31\nintended_use: Test\n");
        live = LiveStack.create(BuildHost.get().bootstrapServers(), this::withPackages);
        live.stack().settings().backing().createTopics();
        live.stack().start();
    }

    @AfterEach
    void stop() {
        if (live != null) {
            live.stack().close();
        }
    }

    private StackSettings withPackages(StackSettings settings) {
        return settings.with(Part.INFERENCE, "prelim.inference.packages", packages.toString())
                .with(Part.REPORT, "prelim.report.archive.dcmtk.host", "127.0.0.1")
                .with(Part.REPORT, "prelim.report.archive.dcmtk.port", Integer.toString(archivePort))
                .with(Part.REPORT, "prelim.report.archive.dcmtk.called-ae", "ARCHIVE")
                .with(Part.REPORT, "prelim.report.archive.dcmtk.shortest-pause", "PT0.1S")
                .with(Part.REPORT, "prelim.report.archive.dcmtk.longest-pause", "PT1S");
    }

    /**
     * The body is an ellipse; of the 4 × 4 voxels of 80 mm that the model sees of each of 4 slices, 10 mm apart, 9 have their centre in it:
     * 36 of 64 mL.
     */
    @Test
    void aVolumeIsDraftedAndItsMaskKept() throws Exception {
        StudyGenerator study = new StudyGenerator(UUID.randomUUID().toString());

        live.send(study.computedTomography(SLICES));

        assertThat(live.draftedText(study.studyInstanceUid())).containsIgnoringCase("volume of soft tissue 2304 mL");
        ByteBuffer mask = mask(study);
        assertThat(mask.getShort(NIFTI_AXES)).isEqualTo((short) 3);
        assertThat(mask.getShort(NIFTI_AXES + 2)).isEqualTo((short) SIDE);
        assertThat(mask.getShort(NIFTI_AXES + 4)).isEqualTo((short) SIDE);
        assertThat(mask.getShort(NIFTI_AXES + 6)).isEqualTo((short) SLICES);
        assertThat(mask.get(voxel(mask, 32, 32, 4))).as("in the body's middle").isEqualTo((byte) 1);
        assertThat(mask.get(voxel(mask, 0, 32, 4))).as("beside the body").isZero();
    }

    /** The archive is down at first; what comes back from it is known, and nothing follows from it. */
    @Test
    @org.junit.jupiter.api.Tag("full")
    void aReportAndItsMaskGoToDcmtkAndComeBack() throws Exception {
        Path storescp = Peers.require("storescp", "dcmtk");
        Path storescu = Peers.require("storescu", "dcmtk");
        StudyGenerator study = new StudyGenerator(UUID.randomUUID().toString());
        String uid = study.studyInstanceUid();
        live.send(study.computedTomography(SLICES));
        live.draftedText(uid);
        Path stored = Files.createDirectory(archive.resolve("stored"));

        try (PeerProcess peer = PeerProcess.start(
                        archive, storescp, "--bit-preserving", "-aet", "ARCHIVE", "-od", stored, archivePort)
                .awaitListening(archivePort)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(
                            () -> deliveries(uid),
                            sent -> sent.findValuesAsText("kind").contains("SR")
                                    && sent.findValuesAsText("state").stream().allMatch("SENT"::equals));
        }
        int sent = deliveries(uid).findValuesAsText("state").size();
        List<DataSet> objects = new ArrayList<>();
        List<String> command = new ArrayList<>(List.of(
                storescu.toString(),
                "-v",
                "-R",
                "-aec",
                "PRELIM",
                "localhost",
                Integer.toString(live.stack().dicomPort())));
        try (Stream<Path> files = Files.list(stored)) {
            for (Path file : files.sorted().toList()) {
                command.add(file.toString());
                objects.add(DicomFile.read(Files.newInputStream(file), ReadLimits.DEFAULT.strict())
                        .dataSet());
            }
        }
        assertThat(objects)
                .extracting(object -> object.string(Tag.MODALITY))
                .containsOnly("SR", "SEG")
                .hasSize(sent);
        isTheMask(study, objects);
        Process again = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(again.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(again.waitFor()).as(said).isZero();
        assertThat(said.lines().filter(line -> line.contains("Received Store Response (Success)")))
                .as(said)
                .hasSize(sent);
        JsonNode known = live.api()
                .ingestJson("/api/studies?studyInstanceUid=" + uid)
                .path("studies")
                .path(0);
        assertThat(known.path("ownResults").asInt()).isEqualTo(sent);
        assertThat(known.path("revision").asInt()).isEqualTo(1);
        assertThat(deliveries(uid).findValuesAsText("attempts"))
                .as("none goes round")
                .hasSize(sent);
    }

    private JsonNode deliveries(String studyInstanceUid) throws Exception {
        return live.api().reportJson("/api/reports/" + live.reportKey(studyInstanceUid) + "/deliveries");
    }

    /** Frame by frame and pixel by pixel, by the images that frames are of. */
    private void isTheMask(StudyGenerator study, List<DataSet> objects) throws Exception {
        DataSet segmentation = objects.stream()
                .filter(object -> "SEG".equals(object.string(Tag.MODALITY)))
                .findFirst()
                .orElseThrow();
        assertThat(segmentation.string(Tag.FRAME_OF_REFERENCE_UID))
                .as("as the images say")
                .isEqualTo(study.computedTomography(1).get(0).string(Tag.FRAME_OF_REFERENCE_UID));
        ByteBuffer mask = mask(study);
        byte[] bits = segmentation.bytes(Tag.PIXEL_DATA);
        List<DataSet> frames = segmentation.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
        assertThat(frames).isNotEmpty();
        for (int frame = 0; frame < frames.size(); frame++) {
            int slice = frames.get(frame).item(Tag.FRAME_CONTENT_SEQUENCE).integer(Tag.IN_STACK_POSITION_NUMBER, 0) - 1;
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                int bit = frame * SIDE * SIDE + pixel;
                assertThat(bits[bit / 8] >> bit % 8 & 1)
                        .isEqualTo(mask.get(voxel(mask, pixel % SIDE, pixel / SIDE, slice)));
            }
        }
    }

    private static int voxel(ByteBuffer mask, int column, int row, int slice) {
        return (int) mask.getFloat(NIFTI_VOXELS_AT) + (slice * SIDE + row) * SIDE + column;
    }

    private ByteBuffer mask(StudyGenerator study) throws Exception {
        String address = live.api()
                .reportJson("/api/reports/" + live.reportKey(study.studyInstanceUid()))
                .findValuesAsText("href")
                .get(0);
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(live.stack().url(Part.REPORT) + address))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/vnd.nifti+gzip");
        byte[] file = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String manifest() throws Exception {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(GRAPH)));
        return """
               schema: prelim.model/1
               id: body
               version: 1.0.0
               name: Body
               model: { file: model.onnx, sha256: %s }
               input:
                 name: volume
                 layout: NCDHW
                 shape: [1, 4, 4, 4]
                 preparation:
                   - frames: { take: volume, leastSlices: 4 }
                   - window: { from: fixed, centre: -480, width: 2000 }
                   - resample: { interpolation: trilinear, depth: 10, height: 80, width: 80 }
                   - cropPad: { depth: 4, height: 4, width: 4 }
               outputs:
                 segmentation: { name: bright_uint8, form: labels }
               findings:
                 - id: body
                   output: bright_uint8
                   label: 1
                   code: { scheme: SCT, value: "87784001", meaning: Soft tissue }
                   measure: volume
                   present: { atLeast: 1 }
               selection:
                 modality: [CT]
                 maxImages: 100
               limits: { deadlineSeconds: 30, maxPixels: 1000000 }
               """.formatted(sha256);
    }
}
