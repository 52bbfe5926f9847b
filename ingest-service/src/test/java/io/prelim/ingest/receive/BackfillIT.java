package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.EventJson;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.events.ModelRole;
import io.prelim.events.Priority;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyReceived;
import io.prelim.events.Topics;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.fixture.Kafka;
import io.prelim.ingest.fixture.Rows;
import io.prelim.ingest.fixture.TestStudy;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One more model answers a study of the past, by command. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(120)
class BackfillIT extends OverDimse {
    private static final String MODEL = "second-1-0-0";
    private static final ModelReference SECOND = TestStudy.model(MODEL, ModelRole.SHADOW);

    private final Kafka kafka = Kafka.ofService();

    @Inject
    DataSource database;

    private StudyReceived study;

    @BeforeEach
    void aStudyThatIsPlanned() throws Exception {
        TestObject image = TestObject.radiograph();
        send(image);
        study = index.awaitReceived(image.study(), 1);
        kafka.send(Topics.ANALYSIS_PLANNED, plan(null));
        await().until(() -> !Rows.of(database, "select plan_id from plans where study_key = ?", study.studyKey())
                .isEmpty());
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void aStudyIsAskedAboutOnceAndItsAnswerSeen() throws Exception {
        assertThat(command("true").getInt("studies")).isEqualTo(1);
        assertThat(told()).isEmpty();

        JsonPath begun = command(null);
        StudyReceived asked =
                await().until(() -> told(), records -> !records.isEmpty()).get(0);

        assertThat(begun.getInt("studies")).isEqualTo(1);
        assertThat(asked.backfill().model()).isEqualTo(MODEL);
        assertThat(asked.priority()).isEqualTo(Priority.ROUTINE);
        assertThat(asked.manifest()).isEqualTo(study.manifest());
        AnalysisPlanned addition = plan(asked.backfill());
        kafka.send(Topics.ANALYSIS_PLANNED, addition);
        kafka.send(Topics.ANALYSIS_PLANNED, addition);
        awaitProgress(asked, "planned", 1);
        assertThat(unsettled()).doesNotContain(Topics.STUDY_BACKFILL).contains(Topics.STUDY_RECEIVED);
        assertThat(progress(asked).getInt("answered")).isZero();
        kafka.send(Topics.STUDY_ANALYZED, answer(asked, StudyAnalyzed.Status.FAILED));
        awaitProgress(asked, "failed", 1);

        command(null);

        await().until(() -> told().stream().distinct().count() == 1
                && Rows.of(
                                        database,
                                        "select event_id from outbox where study_key = ? and topic = ?",
                                        study.studyKey(),
                                        Topics.STUDY_BACKFILL)
                                .size()
                        == 2);
        kafka.send(Topics.ANALYSIS_PLANNED, addition);
        kafka.send(Topics.STUDY_ANALYZED, answer(asked, StudyAnalyzed.Status.FINDINGS));
        awaitProgress(asked, "answered", 1);
        assertThat(progress(asked).getInt("failed")).isZero();
        assertThat(command(null).getInt("answered")).isEqualTo(1);
    }

    @Test
    void aModelThatIsNotInServiceIsDeclined() throws Exception {
        command(null);
        StudyReceived asked =
                await().until(() -> told(), records -> !records.isEmpty()).get(0);

        kafka.send(Topics.ANALYSIS_PLANNED, addition(asked.backfill(), List.of()));

        awaitProgress(asked, "declined", 1);
        assertThat(unsettled()).doesNotContain(Topics.STUDY_BACKFILL);
    }

    @ParameterizedTest
    @CsvSource({
        "no model,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,model",
        "chest-1-0-0,2026-11-01,2026-11-02T00:00:00Z,since",
        "chest-1-0-0,2026-11-01T00:00:00Z,'',until"
    })
    void whatIsNoCommandIsRefused(String model, String since, String until, String parameter) {
        RestAssured.given()
                .queryParam("model", model)
                .queryParam("since", since)
                .queryParam("until", until)
                .post("/api/backfills")
                .then()
                .statusCode(400)
                .body("parameter", is(parameter));
    }

    private JsonPath command(String dryRun) {
        var request = RestAssured.given()
                .queryParam("model", MODEL)
                .queryParam("since", study.completedAt().toString())
                .queryParam("until", study.completedAt().plusNanos(1000).toString());
        return (dryRun == null ? request : request.queryParam("dryRun", dryRun))
                .post("/api/backfills")
                .then()
                .statusCode(dryRun == null ? 202 : 200)
                .extract()
                .jsonPath();
    }

    private void awaitProgress(StudyReceived asked, String what, int studies) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(progress(asked).getInt(what)).isEqualTo(studies));
    }

    private JsonPath progress(StudyReceived asked) {
        return RestAssured.get("/api/backfills/{id}", asked.backfill().id())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private List<StudyReceived> told() throws Exception {
        List<StudyReceived> told = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> each :
                kafka.records(Topics.STUDY_BACKFILL, study.studyKey().toString())) {
            told.add(EventJson.read(each.value(), StudyReceived.class));
        }
        return told;
    }

    private List<String> unsettled() {
        return Rows.of(
                database, "select topic from outbox where study_key = ? and settled_at is null", study.studyKey());
    }

    private AnalysisPlanned plan(StudyReceived.Backfill backfill) {
        return addition(
                backfill,
                backfill == null
                        ? List.of()
                        : List.of(new AnalysisPlanned.Planned(
                                SECOND, Ids.v5("outcome", study.studyKey().toString()), TestStudy.FAR)));
    }

    private AnalysisPlanned addition(StudyReceived.Backfill backfill, List<AnalysisPlanned.Planned> planned) {
        UUID planId = Ids.plan(study.studyKey(), 1, study.inputDigest());
        return new AnalysisPlanned(
                backfill == null ? planId : Ids.addition(planId, backfill.id()),
                study.studyKey(),
                study.studyInstanceUid(),
                1,
                study.inputDigest(),
                Priority.ROUTINE,
                planned,
                List.of(),
                Instant.now(),
                backfill == null ? null : backfill.id());
    }

    private StudyAnalyzed answer(StudyReceived asked, StudyAnalyzed.Status status) {
        return new StudyAnalyzed(
                Ids.v5("outcome", study.studyKey().toString()),
                asked.studyKey(),
                asked.studyInstanceUid(),
                1,
                asked.inputDigest(),
                SECOND,
                status,
                List.of(),
                null,
                null,
                1,
                null,
                Instant.now());
    }
}
