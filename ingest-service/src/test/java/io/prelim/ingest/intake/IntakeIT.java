package io.prelim.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.Event;
import io.prelim.events.ModelReference;
import io.prelim.events.ModelRole;
import io.prelim.events.ReportChanged;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.Topics;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.fixture.Kafka;
import io.prelim.ingest.fixture.Rows;
import io.prelim.ingest.fixture.TestStudy;
import io.prelim.ingest.ledger.Stage;
import io.prelim.ingest.ledger.StudyView;
import io.prelim.ingest.ledger.StudyViews;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
class IntakeIT {
    private static final ModelReference CHEST = TestStudy.active("chest");
    private static final ModelReference BONE = TestStudy.active("bone");
    private static final ModelReference SHADOW = TestStudy.model("shadow", ModelRole.SHADOW);

    private final Kafka kafka = Kafka.ofService();

    @Inject
    DataSource database;

    @Inject
    StudyViews views;

    @AfterEach
    void close() {
        kafka.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan,answer,report", "answer,plan,report", "report,answer,plan", "report,plan,answer"})
    void anyOrderEndsDrafted(String order) throws Exception {
        TestStudy study = TestStudy.stored(database);
        int stages = 0;

        for (String each : order.split(",")) {
            send(event(study, each));
            send(event(study, each));
            // one after the other: the topics alone give no order
            int handled = ++stages;
            patiently().untilAsserted(() -> assertThat(facts(study)).isGreaterThanOrEqualTo(handled));
        }

        StudyView view =
                patiently().until(() -> view(study), found -> found.stages().size() == 3);
        assertThat(view.stage()).isEqualTo(Stage.DRAFTED);
        assertThat(view.revision()).isEqualTo(1);
        assertThat(view.stages().stream().map(StudyView.Entry::stage))
                .containsExactly(Stage.PLANNED, Stage.ANALYZED, Stage.DRAFTED);
        assertThat(detail(view, Stage.PLANNED)).isEqualTo("chest must answer; shadow runs in the shadow");
        assertThat(detail(view, Stage.ANALYZED)).isEqualTo("chest found; shadow (shadow) has not answered yet");
        assertThat(detail(view, Stage.DRAFTED)).endsWith(" version 1");
    }

    @Test
    void analyzedWhenEveryActiveAnswerIsIn() throws Exception {
        TestStudy study = TestStudy.stored(database);
        send(study.plan(1, TestStudy.FAR, CHEST, BONE));
        send(study.outcome(
                1,
                BONE,
                StudyAnalyzed.Status.NOT_APPLICABLE,
                new StudyAnalyzed.Reason("out-of-scope", "no hand\nor wrist")));
        patiently().untilAsserted(() -> assertThat(facts(study)).isEqualTo(2));
        assertThat(view(study).stage()).isEqualTo(Stage.PLANNED);

        send(study.outcome(1, CHEST, StudyAnalyzed.Status.FAILED, new StudyAnalyzed.Reason("no-pixel-data", null)));

        StudyView view = patiently().until(() -> view(study), found -> found.stage() == Stage.ANALYZED);
        assertThat(detail(view, Stage.ANALYZED))
                .isEqualTo("bone not applicable: out of scope (no hand or wrist); chest failed: no pixel data");
    }

    @Test
    void nothingPlannedIsAnalyzedAtOnce() throws Exception {
        TestStudy study = TestStudy.stored(database);

        send(study.plan(
                1, TestStudy.FAR, List.of(new AnalysisPlanned.Declined(CHEST, "modality is CT, not CR or DX"))));

        StudyView view = patiently().until(() -> view(study), found -> found.stage() == Stage.ANALYZED);
        assertThat(detail(view, Stage.PLANNED)).isEqualTo("chest does not apply: modality is CT, not CR or DX");
        assertThat(detail(view, Stage.ANALYZED)).isEqualTo("no model in service applies to this study");
    }

    @Test
    void anAnswerThatNeverComesIsSaidAfterItsDeadlineAndALateOneToo() throws Exception {
        TestStudy study = TestStudy.stored(database);
        send(study.plan(1, TestStudy.PAST, CHEST));
        StudyView overdue = patiently().until(() -> view(study), found -> found.stage() == Stage.ANALYZED);
        assertThat(detail(overdue, Stage.ANALYZED)).isEqualTo("chest failed: no answer");

        send(study.found(1, CHEST));

        patiently()
                .untilAsserted(() -> assertThat(view(study).stages())
                        .last()
                        .extracting(StudyView.Entry::detail)
                        .isEqualTo("chest found, after its deadline"));
    }

    @Test
    void oneAnswerServesEveryRevisionOfEqualInput() throws Exception {
        TestStudy study = TestStudy.stored(database);
        send(study.plan(1, TestStudy.FAR, CHEST));
        send(study.found(1, CHEST));
        patiently().untilAsserted(() -> assertThat(view(study).stage()).isEqualTo(Stage.ANALYZED));

        send(study.plan(2, TestStudy.FAR, CHEST));

        patiently().untilAsserted(() -> {
            assertThat(view(study).revision()).isEqualTo(2);
            assertThat(view(study).stage()).isEqualTo(Stage.ANALYZED);
        });
    }

    @Test
    void whatFailedForAnEarlierRevisionIsAwaitedAgain() throws Exception {
        TestStudy study = TestStudy.stored(database);
        StudyAnalyzed.Reason why = new StudyAnalyzed.Reason("part-unavailable", null);
        send(study.plan(1, TestStudy.FAR, CHEST));
        send(study.outcome(1, CHEST, StudyAnalyzed.Status.FAILED, why));
        patiently().untilAsserted(() -> assertThat(view(study).stage()).isEqualTo(Stage.ANALYZED));
        send(study.plan(2, TestStudy.FAR, CHEST));
        patiently().untilAsserted(() -> assertThat(view(study).revision()).isEqualTo(2));
        assertThat(view(study).stage()).isEqualTo(Stage.PLANNED);

        send(study.found(2, CHEST));
        send(study.outcome(2, CHEST, StudyAnalyzed.Status.FAILED, why));

        patiently()
                .untilAsserted(() -> assertThat(view(study).stages())
                        .last()
                        .extracting(StudyView.Entry::detail)
                        .isEqualTo("chest found"));
        assertThat(Rows.of(database, "select status from answers where study_key = ?", study.studyKey()))
                .containsExactly("FINDINGS");
    }

    @Test
    void aReportThatIsNotSettledIsNoDraft() throws Exception {
        TestStudy study = TestStudy.stored(database);
        send(study.report(1, 1, false));

        send(study.report(1, 2, true));

        StudyView view = patiently().until(() -> view(study), found -> found.stage() == Stage.DRAFTED);
        assertThat(detail(view, Stage.DRAFTED)).endsWith(" version 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"studyKey\": \"CANARY-4711\"", "null", "{}", "\u0000", "[]"})
    void poisonIsParkedAndTheNextRecordHandled(String poison) throws Exception {
        TestStudy study = TestStudy.stored(database);
        byte[] value = poison.getBytes(StandardCharsets.UTF_8);

        RecordMetadata at = kafka.send(Topics.ANALYSIS_PLANNED, study.studyKey().toString(), value);
        send(study.plan(1, TestStudy.FAR, CHEST));

        patiently().untilAsserted(() -> assertThat(view(study).stage()).isEqualTo(Stage.PLANNED));
        assertThat(parked("encode(value, 'hex')", at))
                .containsExactly(HexFormat.of().formatHex(value));
        assertThat(parked("error", at)).hasSize(1).noneMatch(error -> error.contains("CANARY"));
        assertThat(RestAssured.get("/q/metrics").asString()).contains("prelim_ingest_facts_parked_total");
    }

    @Test
    void anOversizeRecordIsParked() throws Exception {
        TestStudy study = TestStudy.stored(database);
        byte[] oversize = " ".repeat(3 << 20).getBytes(StandardCharsets.UTF_8);

        RecordMetadata at = kafka.send(Topics.STUDY_ANALYZED, study.studyKey().toString(), oversize);
        send(study.found(1, CHEST));
        send(study.plan(1, TestStudy.FAR, CHEST));

        patiently().untilAsserted(() -> assertThat(view(study).stage()).isEqualTo(Stage.ANALYZED));
        assertThat(parked("error", at)).containsExactly("3145728 bytes are more than 1048576");
    }

    @Test
    void aFactOfAStudyThatIsNotStoredIsParked() {
        TestStudy study = TestStudy.fresh();

        send(study.plan(1, TestStudy.FAR, CHEST));

        patiently()
                .untilAsserted(() -> assertThat(Rows.of(
                                database,
                                "select error from parked where record_key = ?",
                                study.studyKey().toString()))
                        .containsExactly("the study is not stored here"));
    }

    @Test
    void whileTheDatabaseIsAwayRecordsWaitAndNoneIsParked() throws Exception {
        TestStudy study = TestStudy.stored(database);
        List<String> before = Rows.of(database, "select parked_id from parked");
        int logged = Files.readString(ServiceUnderTest.LOG).length();
        ServiceUnderTest.database().cut();
        send(study.plan(1, TestStudy.FAR, CHEST));
        send(study.found(1, CHEST));
        patiently()
                .untilAsserted(
                        () -> assertThat(Files.readString(ServiceUnderTest.LOG).substring(logged))
                                .contains("INGEST-6002"));

        ServiceUnderTest.database().restore();

        patiently().untilAsserted(() -> assertThat(view(study).stage()).isEqualTo(Stage.ANALYZED));
        assertThat(Rows.of(database, "select parked_id from parked")).isEqualTo(before);
    }

    private Event event(TestStudy study, String name) {
        return switch (name) {
            case "plan" -> study.plan(1, TestStudy.FAR, CHEST, SHADOW);
            case "answer" -> study.found(1, CHEST);
            default -> study.report(1, 1, true);
        };
    }

    private void send(Event event) {
        String topic = event instanceof AnalysisPlanned
                ? Topics.ANALYSIS_PLANNED
                : event instanceof ReportChanged ? Topics.REPORT_CHANGED : Topics.STUDY_ANALYZED;
        kafka.send(topic, event);
    }

    private StudyView view(TestStudy study) {
        return views.find(study.studyKey()).orElseThrow();
    }

    private static String detail(StudyView view, Stage stage) {
        List<String> details = new ArrayList<>();
        view.stages().stream().filter(entry -> entry.stage() == stage).forEach(entry -> details.add(entry.detail()));
        assertThat(details).hasSize(1);
        return details.get(0);
    }

    /** Plans, answers and drafts known of a study. */
    private int facts(TestStudy study) {
        return Rows.of(
                        database,
                        "select 'plan' from plans where study_key = ? union all"
                                + " select 'answer' from answers where study_key = ? union all"
                                + " select 'report' from ledger where study_key = ? and stage = 'DRAFTED'",
                        study.studyKey(),
                        study.studyKey(),
                        study.studyKey())
                .size();
    }

    private List<String> parked(String column, RecordMetadata at) {
        return Rows.of(
                database,
                "select " + column + " from parked where topic = ? and partition_id = ? and record_offset = ?",
                at.topic(),
                at.partition(),
                at.offset());
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(30)).ignoreExceptions();
    }
}
