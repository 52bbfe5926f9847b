package io.prelim.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.dicom.object.DataSet;
import io.prelim.local.progress.Stage;
import io.prelim.local.stack.Part;
import io.prelim.testkit.sample.SyntheticRadiograph;
import io.prelim.testkit.study.StudyGenerator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** "Where is my study?", asked of three real services. */
class TimelineIT {
    private static final List<String> WAY = List.of(
            "FIRST_INSTANCE",
            "LAST_INSTANCE",
            "QUIET",
            "ASSEMBLED",
            "PUBLISHED",
            "PLANNED",
            "OUTCOME",
            "ANALYZED",
            "DRAFTED");
    private static LiveStack live;

    @BeforeAll
    static void start() {
        live = LiveStack.shared();
    }

    @Test
    void aDraftedStudyTellsItsWholeWayInTheOrderInWhichItHappened() throws Exception {
        StudyGenerator study = newStudy();
        Instant sent = Instant.now();
        live.send(List.of(radiograph(study, 1)));
        live.awaitStage(study.studyInstanceUid(), Stage.DRAFTED);

        JsonNode timeline = awaitWay(study, 1, WAY);

        assertThat(whats(timeline, 1)).containsSubsequence(WAY);
        assertThat(timeline.path("waitingFor")).isEmpty();
        assertThat(timeline.path("leftOut").asInt()).isZero();
        Instant before = sent;
        for (JsonNode entry : timeline.path("entries")) {
            Instant at = Instant.parse(entry.path("at").asText());
            assertThat(at).as(entry.toString()).isAfterOrEqualTo(before);
            before = at;
        }
        assertThat(before).isBefore(Instant.now());
        assertThat(entries(timeline, 1, "OUTCOME")).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.at("/outcome/status").asText()).isEqualTo("FINDINGS");
            assertThat(entry.at("/outcome/timings/runMs").isIntegralNumber()).isTrue();
        });
        assertThat(timeline.path("spans").findValuesAsText("name"))
                .containsExactly("receiving", "quiet", "publishing", "planning", "analysing", "drafting", "total");
        assertThat(text(study)).containsPattern("r1 +DRAFTED +report ").contains("waits for nothing");
    }

    @Test
    void aLateImageTellsItsRevisionTheSameWay() throws Exception {
        StudyGenerator study = newStudy();
        live.send(List.of(radiograph(study, 1)));
        live.awaitStage(study.studyInstanceUid(), Stage.DRAFTED);

        live.send(List.of(radiograph(study, 2)));

        List<String> way = new ArrayList<>(WAY);
        way.set(0, "LATE_INSTANCE");
        JsonNode timeline = awaitWay(study, 2, way);
        assertThat(whats(timeline, 2)).containsSubsequence(way);
        assertThat(whats(timeline, 1)).containsSubsequence(WAY);
    }

    @Test
    void aModelThatFailsSaysWhy() throws Exception {
        StudyGenerator study = newStudy();
        live.send(List.of(study.radiographWithoutPixels(1)));
        live.awaitStage(study.studyInstanceUid(), Stage.DRAFTED);

        JsonNode timeline = awaitWay(study, 1, List.of("OUTCOME"));

        assertThat(entries(timeline, 1, "OUTCOME")).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.at("/outcome/status").asText()).isEqualTo("FAILED");
            assertThat(entry.at("/outcome/reason").asText()).contains("pixel data");
        });
    }

    @Test
    void aStudyWithoutImagesSaysThatItEndsThere() throws Exception {
        StudyGenerator study = newStudy();
        live.send(List.of(study.textReport()));
        live.awaitStage(study.studyInstanceUid(), Stage.NOT_ANALYZED);

        JsonNode timeline = timeline(study);

        assertThat(whats(timeline, 0)).containsExactly("FIRST_INSTANCE", "LAST_INSTANCE", "QUIET", "NO_IMAGES");
        assertThat(timeline.path("waitingFor")).isEmpty();
    }

    /** What other services tell comes on topics of its own, a draft perhaps before the answer it was made from. */
    private static JsonNode awaitWay(StudyGenerator study, int revision, List<String> way) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> timeline(study), told -> whats(told, revision).containsAll(way));
    }

    private static JsonNode timeline(StudyGenerator study) throws Exception {
        return live.api().ingestJson("/api/studies/" + key(study) + "/timeline");
    }

    private static String text(StudyGenerator study) throws Exception {
        URI address = live.stack().url(Part.INGEST).resolve("/api/studies/" + key(study) + "/timeline");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .header("Accept", "text/plain")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static String key(StudyGenerator study) throws Exception {
        return live.api()
                .ingestJson("/api/studies?studyInstanceUid=" + study.studyInstanceUid())
                .at("/studies/0/studyKey")
                .asText();
    }

    /** What came before the first revision belongs to it. */
    private static List<String> whats(JsonNode timeline, int revision) {
        return StreamSupport.stream(timeline.path("entries").spliterator(), false)
                .filter(entry -> entry.path("revision").asInt() == revision
                        || (revision == 1 && entry.path("revision").asInt() == 0))
                .map(entry -> entry.path("what").asText())
                .toList();
    }

    private static List<JsonNode> entries(JsonNode timeline, int revision, String what) {
        return StreamSupport.stream(timeline.path("entries").spliterator(), false)
                .filter(entry -> entry.path("revision").asInt() == revision
                        && entry.path("what").asText().equals(what))
                .toList();
    }

    private static StudyGenerator newStudy() {
        return new StudyGenerator(UUID.randomUUID().toString());
    }

    private static DataSet radiograph(StudyGenerator study, int number) {
        return study.radiograph(SyntheticRadiograph.load(), SyntheticRadiograph.SAMPLES.get(0), number, 512, 420);
    }
}
