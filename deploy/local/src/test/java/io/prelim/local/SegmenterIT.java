package io.prelim.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.local.stack.Part;
import io.prelim.local.stack.StackSettings;
import io.prelim.testkit.host.BuildHost;
import io.prelim.testkit.study.StudyGenerator;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the slices of a CT to a volume in the draft and the mask behind it, through three processes. */
class SegmenterIT {
    private static final Path GRAPH = LiveStack.ROOT.resolve("inference-service/src/test/models/voxels.onnx");
    private static final int SLICES = 8;
    private static final int SIDE = 64;
    /** Where NIfTI-1 has its first voxel, and before it the number of axes and their lengths. */
    private static final int NIFTI_VOXELS = 352;

    private static final int NIFTI_AXES = 40;

    @TempDir
    Path packages;

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
        return settings.with(Part.INFERENCE, "prelim.inference.packages", packages.toString());
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
        assertThat(mask.get(voxel(32, 32, 4))).as("in the body's middle").isEqualTo((byte) 1);
        assertThat(mask.get(voxel(0, 32, 4))).as("beside the body").isZero();
    }

    private static int voxel(int column, int row, int slice) {
        return NIFTI_VOXELS + (slice * SIDE + row) * SIDE + column;
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
