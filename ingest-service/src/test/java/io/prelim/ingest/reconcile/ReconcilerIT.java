package io.prelim.ingest.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.events.ModelReference;
import io.prelim.events.Topics;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.fixture.Kafka;
import io.prelim.ingest.fixture.Rows;
import io.prelim.ingest.fixture.TestStudy;
import io.prelim.ingest.publish.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each way a study can stand still is made in the database, found, set going and cleared. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class ReconcilerIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ModelReference CHEST = TestStudy.active("chest");
    private static final String AGED = "clock_timestamp() - interval '10 minutes'";

    private final Kafka kafka = Kafka.ofService();

    @Inject
    DicomListener listener;

    @Inject
    TestIndex index;

    @Inject
    DataSource database;

    @Inject
    StatelessSession session;

    @Inject
    Outbox outbox;

    @Inject
    Reconciler reconciler;

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void imagesThatMadeNothingDueAreAssembled() throws Exception {
        UUID study = assembled(TestObject.radiograph());
        update("update instances set received_at = " + AGED + " where study_key = ?", study);
        update("update studies set arrivals = arrivals + 1 where study_key = ?", study);

        reconciler.look();

        stands(study, "DUE", 2, "made due");
        await().atMost(LIMIT)
                .until(() -> Rows.of(
                                        database,
                                        "select 1 from studies where study_key = ? and arrivals = assembled_arrivals",
                                        study)
                                .size()
                        == 1);
        moves(study, "DUE");
    }

    @Test
    void aStudyThatNobodyAssemblesIsToldOfAndTakenWhenTheClaimEnds() throws Exception {
        UUID study = assembled(TestObject.radiograph());
        update(
                "update studies set input_digest = null, due_at = " + AGED
                        + ", claimed_until = clock_timestamp() + interval '1 hour' where study_key = ?",
                study);

        reconciler.look();

        stands(study, "ASSEMBLY", 2, "nothing to be done from here");
        update("update studies set claimed_until = " + AGED + " where study_key = ?", study);
        await().atMost(LIMIT).until(() -> revision(study).equals("2"));
        moves(study, "ASSEMBLY");
    }

    @Test
    void aRevisionWhoseEventIsLostIsMadeAnewAndTold() throws Exception {
        TestObject object = TestObject.radiograph();
        UUID study = assembled(object);
        update("delete from outbox where study_key = ?", study);
        update("update studies set completed_at = " + AGED + " where study_key = ?", study);

        reconciler.look();

        stands(study, "EVENT", 1, "assembled anew");
        index.awaitReceived(object.study(), 2);
        await().atMost(LIMIT).until(() -> sends(study) >= 1);
        moves(study, "EVENT");
    }

    @Test
    void anEventThatTheBrokerNeverHadIsSent() throws Exception {
        TestStudy study = complete();
        told(study, "sends = 0");

        reconciler.look();

        stands(study.studyKey(), "BROKER", 1, "told again");
        await().atMost(LIMIT).until(() -> sends(study.studyKey()) == 1);
        moves(study.studyKey(), "BROKER");
        // no plan has come either, and that for as long
        stands(study.studyKey(), "PLAN", 1, "told again");
    }

    @Test
    void anEventThatNobodyPlannedIsToldAgainOnceAndOneMessageIsWritten() throws Exception {
        TestStudy study = complete();
        told(study, "sends = 5, sent_at = " + AGED);

        reconciler.look();

        stands(study.studyKey(), "PLAN", 1, "told again");
        await().atMost(LIMIT)
                .until(() -> !kafka.records(
                                Topics.STUDY_RECEIVED, study.studyKey().toString())
                        .isEmpty());
        update(
                "update outbox set next_send_at = clock_timestamp() + interval '1 hour' where study_key = ?",
                study.studyKey());
        int sends = sends(study.studyKey());
        reconciler.look();
        reconciler.look();
        assertThat(Rows.of(
                        database,
                        "select next_send_at > clock_timestamp() + interval '50 minutes' from outbox where study_key ="
                                + " ?",
                        study.studyKey()))
                .as("it is not hurried at each look")
                .containsExactly("t");
        assertThat(sends(study.studyKey())).isEqualTo(sends);
        assertThat(messages("INGEST-6101", study.studyKey())).isEqualTo(1);

        kafka.send(Topics.ANALYSIS_PLANNED, study.plan(1, TestStudy.FAR, CHEST));

        await().atMost(LIMIT)
                .until(() -> !Rows.of(database, "select 1 from plans where study_key = ?", study.studyKey())
                        .isEmpty());
        moves(study.studyKey(), "PLAN");
        assertThat(messages("INGEST-6102", study.studyKey())).isEqualTo(1);
    }

    @Test
    void answersThatNobodyClosesAtTheirDeadlineAreToldOf() throws Exception {
        TestStudy study = complete();
        told(study, "sends = 1, sent_at = " + AGED);
        try (Connection holder = database.getConnection()) {
            // as a process would that hangs while it enters a fact of the study
            holder.setAutoCommit(false);
            try (PreparedStatement lock =
                    holder.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 7))")) {
                lock.setString(1, study.studyKey().toString());
                lock.execute();
            }
            update(
                    "insert into plans (plan_id, study_key, revision, input_digest, declined, planned_at)"
                            + " values (?, ?, 1, 'x', 0, " + AGED + ")",
                    study.studyKey(),
                    study.studyKey());
            update(
                    "insert into planned_outcomes (plan_id, outcome_id, deployment, role, deadline)"
                            + " values (?, ?, 'chest', 'ACTIVE', " + AGED + ")",
                    study.studyKey(),
                    study.studyKey());

            reconciler.look();

            stands(study.studyKey(), "ANSWERS", 1, "nothing to be done from here");
            holder.rollback();
        }
        await().atMost(LIMIT)
                .until(() -> Rows.of(
                                        database,
                                        "select 1 from ledger where study_key = ? and stage = 'ANALYZED'",
                                        study.studyKey())
                                .size()
                        == 1);
        moves(study.studyKey(), "ANSWERS");
    }

    @Test
    void answersWithoutAReportAreAskedFor() throws Exception {
        TestStudy study = complete();
        told(study, "sends = 1, sent_at = " + AGED);
        kafka.send(Topics.ANALYSIS_PLANNED, study.plan(1, TestStudy.FAR, CHEST));
        kafka.send(Topics.STUDY_ANALYZED, study.found(1, CHEST));
        await().atMost(LIMIT)
                .until(() -> Rows.of(
                                        database,
                                        "select 1 from ledger where study_key = ? and stage = 'ANALYZED'",
                                        study.studyKey())
                                .size()
                        == 1);
        update("update ledger set at = " + AGED + " where study_key = ? and stage = 'ANALYZED'", study.studyKey());

        reconciler.look();

        stands(study.studyKey(), "REPORT", 1, "told again");
        await().atMost(LIMIT)
                .until(() -> !kafka.records(
                                Topics.STUDY_RECEIVED, study.studyKey().toString())
                        .isEmpty());
        kafka.send(Topics.REPORT_CHANGED, study.report(1, 1, true));
        await().atMost(LIMIT)
                .until(() -> Rows.of(
                                        database,
                                        "select 1 from ledger where study_key = ? and stage = 'DRAFTED'",
                                        study.studyKey())
                                .size()
                        == 1);
        moves(study.studyKey(), "REPORT");
    }

    @Test
    void whatTheBrokerWillNeverTakeIsToldOfAndNotTriedAgain() throws Exception {
        TestStudy study = complete();
        told(study, "settled_at = clock_timestamp(), refusal = 'RecordTooLargeException'");

        reconciler.look();
        reconciler.look();

        stands(study.studyKey(), "REFUSED", 1, "nothing to be done from here");
        assertThat(revision(study.studyKey())).isEqualTo("1");
        assertThat(messages("INGEST-6101", study.studyKey())).isEqualTo(1);
    }

    @Test
    void aStudyThatIsOnItsWayIsLeftAlone() throws Exception {
        UUID study = assembled(TestObject.radiograph());

        reconciler.look();

        RestAssured.get("/api/studies/{key}", study).then().statusCode(200).body("standingStill", equalTo(List.of()));
        assertThat(messages("INGEST-6101", study)).isZero();
    }

    @Test
    void whatStoodStillAndIsErasedDoesNoLonger() throws Exception {
        UUID study = assembled(TestObject.radiograph());
        update("delete from outbox where study_key = ?", study);
        update(
                "update studies set completed_at = " + AGED + ", due_at = " + AGED
                        + ", claimed_until = clock_timestamp() + interval '1 hour' where study_key = ?",
                study);
        reconciler.look();
        stands(study, "ASSEMBLY", 2, "nothing to be done from here");

        RestAssured.delete("/api/studies/{key}", study).then().statusCode(202);

        moves(study, "ASSEMBLY");
    }

    /** Shown as one study, in the list, in the timeline and in the figures. */
    private void stands(UUID study, String what, int revision, String done) {
        RestAssured.get("/api/studies/{key}", study)
                .then()
                .statusCode(200)
                .body("standingStill.find { it.what == '" + what + "' }.revision", equalTo(revision));
        assertThat(listed()).contains(study.toString());
        RestAssured.get("/api/studies/{key}/timeline", study)
                .then()
                .statusCode(200)
                .body("waitingFor.size()", not(0))
                .body(
                        "entries.findAll { it.what == 'STANDSTILL' }.detail.join('|')",
                        allOf(containsString(what + " since "), containsString(done)));
        assertThat(RestAssured.get("/q/metrics").asString())
                .containsPattern("prelim_ingest_stuck\\{stage=\"" + what + "\"\\} [1-9]")
                .containsPattern("prelim_ingest_stuck_age_seconds\\{stage=\"" + what + "\"\\} [1-9]");
    }

    private void moves(UUID study, String what) {
        reconciler.look();
        RestAssured.get("/api/studies/{key}", study)
                .then()
                .statusCode(200)
                .body("standingStill.what", not(hasItem(what)));
        RestAssured.get("/api/studies/{key}/timeline", study)
                .then()
                .statusCode(200)
                .body("entries.findAll { it.what == 'MOVED_ON' }.detail", hasItem(what + " is no longer waited for"));
    }

    private static List<String> listed() {
        return RestAssured.get("/api/studies?standingStill=true&limit=500")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("studies.studyKey");
    }

    /** Sent, and found complete. */
    private UUID assembled(TestObject object) throws IOException {
        try (Sender sender = Sender.connect(listener.port())) {
            assertThat(sender.send(object)).isEqualTo(StoreResponse.SUCCESS);
        }
        UUID study = index.awaitReceived(object.study(), 1).studyKey();
        await().atMost(LIMIT).until(() -> sends(study) >= 1);
        return study;
    }

    /** Of one revision, as the database has it. */
    private TestStudy complete() throws SQLException {
        TestStudy study = TestStudy.stored(database);
        update(
                "update studies set revision = 1, completed_at = " + AGED + ", input_digest = ? where study_key = ?",
                study.inputDigest(),
                study.studyKey());
        return study;
    }

    /** An event of ten minutes ago, next to be sent in an hour. */
    private void told(TestStudy study, String how) {
        QuarkusTransaction.requiringNew().run(() -> {
            outbox.add(
                    study.eventId("study-received", 1),
                    study.studyKey(),
                    1,
                    Topics.STUDY_RECEIVED,
                    study.received(1),
                    Instant.now().minusSeconds(600));
            session.createNativeMutationQuery("update outbox set next_send_at = clock_timestamp() + interval '1 hour', "
                            + how + " where study_key = :study")
                    .setParameter("study", study.studyKey())
                    .executeUpdate();
        });
    }

    private int sends(UUID study) {
        return Rows.of(
                        database,
                        "select sends from outbox where study_key = ? and topic = ? order by sequence desc limit 1",
                        study,
                        Topics.STUDY_RECEIVED)
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    private String revision(UUID study) {
        return Rows.of(database, "select revision from studies where study_key = ?", study)
                .get(0);
    }

    private static long messages(String id, UUID study) throws IOException {
        return Files.readAllLines(ServiceUnderTest.LOG).stream()
                .filter(line -> line.contains(id) && line.contains(study.toString()))
                .count();
    }

    private void update(String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }
}
