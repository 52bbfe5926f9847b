package io.prelim.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.local.stack.Part;
import io.prelim.testkit.sample.SyntheticRadiograph;
import io.prelim.testkit.sample.SyntheticRadiograph.Kind;
import io.prelim.testkit.sample.SyntheticRadiograph.Sample;
import io.prelim.testkit.study.StudyGenerator;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a radiograph to the map behind its finding, through three processes. */
class EvidenceIT {
    private static final int COLUMNS = 512;
    private static final int ROWS = 420;
    private static LiveStack live;

    @BeforeAll
    static void start() {
        live = LiveStack.shared();
    }

    @Test
    void aFindingComesWithItsMap() throws Exception {
        StudyGenerator study = sendPneumonia();

        assertThat(live.draftedText(study.studyInstanceUid())).containsPattern("(?i)pneumonia.*present");

        assertMap(study);
        HttpResponse<String> metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(live.stack().url(Part.INFERENCE) + "/q/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(metrics.body())
                .containsPattern("prelim_inference_evidence_total\\{[^}]*result=\"stored\"[^}]*} [1-9]");
    }

    @Test
    void aReportThatComesBackInTimeGetsTheMap() throws Exception {
        live.stack().stop(Part.REPORT);
        StudyGenerator study;
        try {
            long before = retries();
            study = sendPneumonia();
            Awaitility.await("the worker waits with its map")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> retries() > before);
        } finally {
            live.stack().start(Part.REPORT);
        }

        assertThat(live.draftedText(study.studyInstanceUid())).containsPattern("(?i)pneumonia.*present");

        assertMap(study);
    }

    private static long retries() throws Exception {
        try (var lines = Files.lines(live.stack().log(Part.INFERENCE))) {
            return lines.filter(line -> line.contains("PIF0209")).count();
        }
    }

    private static void assertMap(StudyGenerator study) throws Exception {
        JsonNode report = live.api().reportJson("/api/reports/" + live.reportKey(study.studyInstanceUid()));
        List<String> addresses = report.findValuesAsText("href");
        assertThat(addresses).as("of findings and impression").hasSizeGreaterThanOrEqualTo(2);
        HttpResponse<byte[]> map = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(live.stack().url(Part.REPORT) + addresses.get(0)))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(map.statusCode()).isEqualTo(200);
        assertThat(map.headers().firstValue("Content-Type")).contains("image/png");
        Raster levels = ImageIO.read(new ByteArrayInputStream(map.body())).getRaster();
        assertThat(levels.getNumBands()).isEqualTo(1);
        assertThat(levels.getWidth()).isEqualTo(256);
        assertThat(levels.getHeight()).isEqualTo(256 * ROWS / COLUMNS);
        int[] shades = levels.getSamples(0, 0, levels.getWidth(), levels.getHeight(), 0, (int[]) null);
        assertThat(Arrays.stream(shades).max().orElseThrow())
                .as("white somewhere")
                .isGreaterThan(230);
        assertThat(Arrays.stream(shades).min().orElseThrow())
                .as("not everywhere")
                .isLessThan(60);
    }

    private static StudyGenerator sendPneumonia() throws Exception {
        StudyGenerator study = new StudyGenerator(UUID.randomUUID().toString());
        Sample sample = SyntheticRadiograph.SAMPLES.stream()
                .filter(each -> each.kind() == Kind.PNEUMONIA)
                .findFirst()
                .orElseThrow();
        live.send(List.of(study.radiograph(SyntheticRadiograph.load(), sample, 1, COLUMNS, ROWS)));
        return study;
    }
}
