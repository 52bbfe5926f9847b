package io.prelim.report;

import static io.prelim.report.ServiceUnderTest.texts;
import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.Code;
import io.prelim.events.ModelReference;
import io.prelim.events.ModelRole;
import io.prelim.events.Priority;
import io.prelim.events.ReportChanged;
import io.prelim.events.ReportSigned;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.Topics;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
class PipelineIT {
    private static final ModelReference CHEST = active("chest");
    private static final ModelReference BONE = active("bone");
    private static final List<String> FACTS = List.of(
            Topics.STUDY_RECEIVED,
            Topics.PATIENT_CONTEXT,
            Topics.ANALYSIS_PLANNED,
            Topics.STUDY_ANALYZED,
            Topics.REPORT_SIGNED);

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final Studies study = Studies.fresh();

    @Inject
    DataSource database;

    /** A consumer that joins later than another would read a study's facts in another order than they are sent in. */
    @BeforeEach
    void allConsumersRead() {
        handled("before " + study.key(), FACTS);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void draftGrowsToASettledReport() {
        service.send(study.received(), study.context(), study.plan(FAR, CHEST, BONE));
        service.version(study, 1);
        service.send(study.found(CHEST, 0.83));
        JsonPath growing = await().until(
                        () -> service.report(study.reportKey()),
                        report -> texts(report, "IMPRESSION").contains("Probable pneumonia.")
                                && report.getString("patient.id") != null);
        assertThat(growing.getBoolean("settled")).isFalse();
        service.send(study.outcome(BONE, StudyAnalyzed.Status.NOT_APPLICABLE, "out-of-scope", "no hand"));

        JsonPath report = service.settled(study);

        assertThat(report.getString("status")).isEqualTo("DRAFT");
        assertThat(report.getString("patient.id")).isEqualTo(Studies.ID);
        assertThat(texts(report, "EXAMINATION")).containsExactly("Chest PA and lateral");
        assertThat(texts(report, "INDICATION")).containsExactly("Cough and fever of Mr Canary");
        assertThat(texts(report, "IMPRESSION"))
                .containsExactly("Probable pneumonia.", "Drafted by software, not reviewed by a physician.");
        assertThat(report.getString("sections.find { it.section == 'IMPRESSION' }.sentences[0].evidence[0].kind"))
                .isEqualTo("finding");
        await().untilAsserted(() -> assertThat(service.published(study.reportKey()))
                .last()
                .satisfies(change -> {
                    assertThat(change.settled()).isTrue();
                    assertThat(change.version()).isEqualTo(report.getInt("version"));
                    assertThat(change.sequence()).isEqualTo(report.getLong("sequence"));
                    assertThat(change.status()).isEqualTo(ReportChanged.Status.DRAFT);
                    assertThat(change.outcomeIds()).hasSize(2);
                }));
        assertThat(service.published(study.reportKey()))
                .extracting(ReportChanged::version)
                .isEqualTo(IntStream.rangeClosed(1, report.getInt("version"))
                        .boxed()
                        .toList());
    }

    @Test
    void duplicatesLeaveOneDraft() {
        for (int i = 0; i < 3; i++) {
            service.send(study.received(), study.context(), study.plan(FAR, CHEST), study.found(CHEST, 0.83));
        }
        JsonPath report = service.settled(study);
        handled(study.key().toString(), FACTS);

        int version = service.report(study.reportKey()).getInt("version");
        assertThat(version).isBetween(1, 4);
        assertThat(texts(service.report(study.reportKey()), "FINDINGS")).hasSize(1);
        assertThat(count("select count(*) from outcomes where outcome_id = '" + study.outcomeId(CHEST) + "'"))
                .isEqualTo(1);
        assertThat(report.getString("reportKey")).isEqualTo(study.reportKey().toString());
        RestAssured.given()
                .queryParam("studyInstanceUid", study.uid())
                .get("/api/reports")
                .then()
                .statusCode(200)
                .body("reports.size()", org.hamcrest.Matchers.is(1));
    }

    /** A broker that lost its log took the report's change with it: ingest would have told of the study for ever. */
    @Test
    void studyThatIsToldAgainIsAnsweredAgain() {
        service.send(study.received(), study.context(), study.plan(FAR, CHEST), study.found(CHEST, 0.83));
        service.settled(study);
        // facts come in any order, and one that comes after it was settled makes another version
        handled(study.key().toString(), FACTS);
        int version = service.report(study.reportKey()).getInt("version");
        await().untilAsserted(() -> assertThat(service.published(study.reportKey()))
                .last()
                .extracting(ReportChanged::version)
                .isEqualTo(version));
        List<ReportChanged> before = service.published(study.reportKey());

        service.send(study.received());

        await().untilAsserted(() -> assertThat(service.published(study.reportKey()))
                .hasSize(before.size() + 1)
                .endsWith(before.get(before.size() - 1)));
        assertThat(service.report(study.reportKey()).getInt("version")).isEqualTo(version);
    }

    @Test
    void whatIsSignedInTheReportingSystemIsKeptBesideTheDraft() {
        ReportSigned signed = study.signed("Pneumonia of Mr Canary.");
        service.send(study.received(), study.context(), study.plan(FAR, CHEST), study.found(CHEST, 0.83));
        int drafted = service.settled(study).getInt("version");
        handled(study.key().toString(), FACTS);

        service.send(signed);

        JsonPath report = await().until(
                        () -> service.report(study.reportKey()),
                        each -> !each.getList("signed").isEmpty());
        assertThat(report.getInt("version")).isGreaterThanOrEqualTo(drafted);
        assertThat(report.getString("status")).isEqualTo("DRAFT");
        assertThat(report.getString("signed[0].text")).isEqualTo("Pneumonia of Mr Canary.");
        assertThat(report.getString("signed[0].status")).isEqualTo("FINAL");
        assertThat(texts(report, "IMPRESSION")).first().isEqualTo("Probable pneumonia.");
        await().untilAsserted(() -> assertThat(service.published(study.reportKey()))
                .last()
                .satisfies(change -> assertThat(change.signedReportIds()).containsExactly(signed.signedReportId())));
        // told again it is answered again, and is no second one
        int told = service.published(study.reportKey()).size();
        service.send(signed);
        await().untilAsserted(() -> assertThat(service.published(study.reportKey()))
                .hasSize(told + 1)
                .last()
                .satisfies(change -> assertThat(change.signedReportIds()).containsExactly(signed.signedReportId())));
        assertThat(service.report(study.reportKey()).getInt("version")).isEqualTo(report.getInt("version"));
    }

    @Test
    void whatIsSignedBeforeThereIsADraftIsNamedByTheFirst() {
        ReportSigned signed = study.signed("Signed early.");
        service.send(signed);
        handled(study.key().toString(), List.of(Topics.REPORT_SIGNED));

        service.send(study.received(), study.plan(FAR, CHEST), study.found(CHEST, 0.83));

        service.settled(study);
        assertThat(service.published(study.reportKey()))
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.signedReportIds()).containsExactly(signed.signedReportId()));
        assertThat(service.report(study.reportKey()).getString("signed[0].signedReportId"))
                .isEqualTo(signed.signedReportId().toString());
    }

    @Test
    void aStudyThatBecomesUrgentAfterItWasPlannedHasAnUrgentReport() {
        service.send(study.received(), study.context(), study.plan(FAR, CHEST));
        service.version(study, 1);
        await().untilAsserted(() -> assertThat(service.published(study.reportKey()))
                .last()
                .extracting(ReportChanged::priority)
                .isEqualTo(Priority.ROUTINE));

        service.send(study.received(Priority.STAT));

        await().untilAsserted(() -> assertThat(service.published(study.reportKey()))
                .last()
                .extracting(ReportChanged::priority)
                .isEqualTo(Priority.STAT));
        RestAssured.given()
                .queryParam("studyInstanceUid", study.uid())
                .get("/api/reports")
                .then()
                .statusCode(200)
                .body("reports.priority", org.hamcrest.Matchers.contains("STAT"));
        // what was told before, and comes once more, does not make it less so
        service.send(study.received(), study.plan(FAR, CHEST), study.found(CHEST, 0.83));
        assertThat(service.settled(study).getBoolean("settled")).isTrue();
        await().untilAsserted(() -> assertThat(service.published(study.reportKey()))
                .last()
                .satisfies(change -> {
                    assertThat(change.settled()).isTrue();
                    assertThat(change.priority()).isEqualTo(Priority.STAT);
                }));
    }

    @Test
    void overdueAnswerSettlesAndALateOneAmends() {
        service.send(study.plan(Instant.now().plusSeconds(2), CHEST));
        assertThat(service.version(study, 1).getBoolean("settled")).isFalse();

        JsonPath overdue = service.settled(study);
        assertThat(texts(overdue, "FINDINGS"))
                .containsExactly("Not analysed by Model chest 1.0.0: no answer by its deadline.");

        service.send(study.found(CHEST, 0.83));
        JsonPath late = service.version(study, overdue.getInt("version") + 1);
        assertThat(late.getBoolean("settled")).isTrue();
        assertThat(texts(late, "IMPRESSION")).first().isEqualTo("Probable pneumonia.");
    }

    @Test
    void failedAnswerIsNamed() {
        service.send(
                study.plan(FAR, CHEST),
                study.outcome(CHEST, StudyAnalyzed.Status.FAILED, "no-pixel-data", "the image has no pixel data"));

        assertThat(texts(service.settled(study), "FINDINGS"))
                .containsExactly("Not analysed by Model chest 1.0.0: the image has no pixel data.");
    }

    @Test
    void noModelApplies() {
        service.send(study.plan(List.of(), List.of(new AnalysisPlanned.Declined(CHEST, "no chest radiograph"))));

        assertThat(texts(service.settled(study), "FINDINGS"))
                .containsExactly(
                        "No model in service applies to this study.",
                        "Model chest 1.0.0 does not apply: no chest radiograph.");
    }

    @Test
    void higherRevisionSupersedesAndALowerOneDoesNot() {
        Studies second = study.revised();
        service.send(study.plan(FAR, CHEST), study.found(CHEST, 0.83));
        service.settled(study);
        service.send(second.plan(FAR, CHEST), second.found(CHEST, 0.02));
        JsonPath report = service.settled(second);
        ModelReference shadow = Studies.model("shadow", ModelRole.SHADOW, false);
        service.send(study.found(shadow, 0.99), study.found(BONE, 0.99));
        handled(study.key().toString(), List.of(Topics.STUDY_ANALYZED));

        assertThat(texts(report, "IMPRESSION")).first().isEqualTo("No sign of pneumonia.");
        assertThat(service.report(study.reportKey()).getInt("version")).isEqualTo(report.getInt("version"));
        RestAssured.given()
                .queryParam("version", 1)
                .get("/api/reports/{key}", study.reportKey())
                .then()
                .statusCode(200)
                .body("version", org.hamcrest.Matchers.is(1))
                .body("revision", org.hamcrest.Matchers.is(1));
    }

    @Test
    void poisonIsParkedAndThePartitionMovesOn() {
        String key = study.key().toString();
        long before = count("select count(*) from parked");
        for (byte[] poison : List.of(
                new byte[0],
                "{\"truncated".getBytes(StandardCharsets.UTF_8),
                "null".getBytes(StandardCharsets.UTF_8),
                "[1,2]".getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8),
                "{\"studyKey\":\"x\",\"patientName\":\"Canary^Parked\"}".getBytes(StandardCharsets.UTF_8),
                new byte[] {(byte) 0xFF, 0, 1, 2})) {
            service.sendRaw(Topics.STUDY_ANALYZED, null, key, poison);
        }
        service.sendRaw(Topics.STUDY_ANALYZED, null, key, null);
        StudyAnalyzed sound = study.found(CHEST, 0.83);
        // PostgreSQL's jsonb refuses a zero character: the same record would be refused for ever
        String zero = new String(io.prelim.events.EventJson.write(sound), StandardCharsets.UTF_8)
                .replace("\"platt\"", "\"pl\\u0000att\"")
                .replace(sound.outcomeId().toString(), UUID.randomUUID().toString());
        service.sendRaw(Topics.STUDY_ANALYZED, null, key, zero.getBytes(StandardCharsets.UTF_8));
        service.send(study.plan(FAR, CHEST), sound);

        service.settled(study);

        await().untilAsserted(() ->
                assertThat(count("select count(*) from parked") - before).isEqualTo(9));
        assertThat(count("select count(*) from parked where record_key = '" + key + "' and reason like '%Canary%'"))
                .isZero();
    }

    @Test
    void versionsAndPositionsHaveNoGapsUnderConcurrency() {
        List<ModelReference> models =
                IntStream.range(0, 12).mapToObj(i -> active("m" + i)).toList();
        List<Studies> studies =
                IntStream.range(0, 12).mapToObj(i -> Studies.fresh()).toList();
        studies.forEach(each -> service.send(each.plan(FAR, models.toArray(ModelReference[]::new))));
        studies.parallelStream()
                .forEach(each -> models.parallelStream()
                        .forEach(model -> service.send(each.found(
                                model,
                                model.id(),
                                new Code("99TEST", model.id(), "Finding " + model.id()),
                                0.6,
                                0.5))));

        for (Studies each : studies) {
            JsonPath report = service.settled(each);
            List<Integer> versions = RestAssured.get("/api/reports/{key}/versions", each.reportKey())
                    .jsonPath()
                    .getList("versions.version");
            assertThat(versions)
                    .isEqualTo(IntStream.rangeClosed(1, report.getInt("version"))
                            .boxed()
                            .toList());
            assertThat(texts(report, "FINDINGS")).hasSize(12);
        }
        assertThat(count("select max(sequence) - count(*) from report_versions"))
                .isZero();
        assertThat(count("select count(*) from report_versions a join report_versions b on b.sequence > a.sequence"
                        + " where b.report_key = a.report_key and b.version <= a.version"))
                .isZero();
        await().untilAsserted(
                        () -> assertThat(count("select count(*) from outbox")).isZero());
    }

    @Test
    void versionsCannotBeChanged() {
        service.send(study.plan(FAR, CHEST));
        service.version(study, 1);

        for (String change : List.of(
                "update report_versions set settled = true where report_key = '" + study.reportKey() + "'",
                "delete from report_versions where report_key = '" + study.reportKey() + "'",
                "truncate report_versions cascade")) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> execute(change))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("never changed");
        }
    }

    @Test
    void intakeWaitsForTheDatabaseAndGoesOn() throws Exception {
        service.send(study.plan(FAR, CHEST));
        service.version(study, 1);
        long parked = count("select count(*) from parked");
        // a lock on the table is a database that does not answer; killing sessions is one that went away
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("lock table outcomes in access exclusive mode");
            service.send(study.found(CHEST, 0.83));
            await().pollDelay(Duration.ofMillis(500)).until(() -> {
                connection
                        .createStatement()
                        .execute("select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where datname = current_database() and pid <> pg_backend_pid()"
                                + " and wait_event_type = 'Lock'");
                return true;
            });
            connection.commit();
        }

        JsonPath report = service.settled(study);

        assertThat(texts(report, "IMPRESSION")).first().isEqualTo("Probable pneumonia.");
        assertThat(count("select count(*) from parked")).isEqualTo(parked);
    }

    /** Waits until all sent for the study to these topics is handled: a record nobody can read, sent last, is parked last. */
    private void handled(String key, List<String> topics) {
        for (String topic : topics) {
            service.sendRaw(topic, null, key, "last".getBytes(StandardCharsets.UTF_8));
        }
        await().untilAsserted(() -> assertThat(count("select count(*) from parked where record_key = '" + key + "'"))
                .isEqualTo(topics.size()));
    }

    private long count(String query) {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute(statement);
        }
    }
}
