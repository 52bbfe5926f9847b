package io.prelim.ingest.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.events.Ids;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StoreUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.config.TestConfig;
import io.prelim.ingest.fixture.Rows;
import io.prelim.ingest.storage.InFlight;
import io.prelim.ingest.storage.StoreState;
import io.prelim.store.SegmentFile;
import io.prelim.store.SegmentLog;
import io.prelim.store.StoredPart;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(90)
class KeepingIT {
    private static final Duration NO_AGE = Duration.ZERO;

    @Inject
    DicomListener listener;

    @Inject
    SegmentLog log;

    @Inject
    TestIndex index;

    @Inject
    StoreUnderTest store;

    @Inject
    DataSource database;

    @Inject
    FinishedStudies finished;

    @Inject
    SegmentUse use;

    @Inject
    SegmentReclaimer reclaimer;

    @Inject
    InFlight inFlight;

    @Inject
    StoreState state;

    @Inject
    ErasureRows erasures;

    @Inject
    Sweep sweep;

    @Inject
    Scheduler scheduler;

    @Inject
    MeterRegistry meters;

    @Test
    void anErasedStudyIsGoneFromIndexAndDiskAndItsNeighbourIsNot() throws Exception {
        TestObject neighbour = send(radiograph());
        TestObject object = send(radiograph().with(Tag.PATIENT_ID, "ERASE-ME-4711"));
        send(object); // a duplicate, whose bytes are nobody's
        TestObject other = send(radiograph());
        index.awaitReceived(object.study(), 1);
        assertThat(store.holds("ERASE-ME-4711".getBytes())).isTrue();

        erase(object)
                .then()
                .statusCode(202)
                .body("studyKey", equalTo(key(object).toString()))
                .body("requestedAt", notNullValue())
                .body("removedAt", nullValue());

        assertThat(index.count("instances", "study_key", key(object))).isZero();
        assertThat(index.count("parts", "study_key", key(object))).isZero();
        assertThat(index.count("study_identity", "study_key", key(object))).isZero();
        assertThat(index.count("outbox", "study_key", key(object))).isZero();
        awaitRemoved(object);
        assertThat(store.holds("ERASE-ME-4711".getBytes())).isFalse();
        assertThat(store.holds(object.pixels())).isFalse();
        assertThat(index.original(neighbour.sopInstance())).isEqualTo(neighbour.bytes());
        assertThat(index.original(other.sopInstance())).isEqualTo(other.bytes());
        RestAssured.get("/api/studies/{key}", key(object))
                .then()
                .statusCode(200)
                .body("stage", equalTo("ERASED"))
                .body("instances", equalTo(0))
                .body("stages.detail", hasItem("erased on demand"));
        assertThat(Rows.of(database, "select requested_by from erasures where study_key = ?", key(object)))
                .containsExactly("http");
    }

    @Test
    void whatComesAgainAfterAnErasureIsANewArrivalWithALaterRevision() throws Exception {
        TestObject object = send(radiograph());
        index.awaitReceived(object.study(), 1);
        erase(object).then().statusCode(202);

        send(object);

        assertThat(index.awaitReceived(object.study(), 2).instances()).isEqualTo(1);
        awaitRemovedRow(object);
        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
        RestAssured.get("/api/studies/{key}", key(object))
                .then()
                .statusCode(200)
                .body("stage", equalTo("RECEIVED"))
                .body("revision", equalTo(2));
        erase(object).then().statusCode(202);
        awaitRemoved(object);
        assertThat(store.holds(object.pixels())).isFalse();
    }

    @Test
    void erasingAgainChangesNothing() throws Exception {
        TestObject object = send(radiograph());
        String first = erase(object).then().statusCode(202).extract().path("erasureId");
        awaitRemoved(object);

        erase(object).then().statusCode(200).body("erasureId", equalTo(first)).body("removedAt", notNullValue());

        assertThat(index.count("erasures", "study_key", key(object))).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "00000000-0000-4000-8000-000000000000, 404",
        "4711, 400",
        "00000000-0000-4000-8000-000000000000?x=1, 400"
    })
    void whatIsNoStudyIsNotErased(String study, int status) {
        RestAssured.delete("/api/studies/" + study).then().statusCode(status).contentType("application/problem+json");
    }

    @Test
    void aStudyThatIsThroughIsDroppedWithItsBytes() throws Exception {
        log.seal().get(); // its segment holds no other
        TestObject object = send(radiograph());
        long segment = store.segment(object);
        index.awaitReceived(object.study(), 1);
        settle(object);
        log.seal().get();

        dropAll();
        lookUntilGone(segment);

        assertThat(index.count("instances", "study_key", key(object))).isZero();
        assertThat(store.holds(object.pixels())).isFalse();
        RestAssured.get("/api/studies/{key}", key(object))
                .then()
                .statusCode(200)
                .body("stage", equalTo("DROPPED"));

        send(object);

        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
    }

    @Test
    void aReportThatComesAfterItsStudyWasDroppedIsDroppedInItsTurn() throws Exception {
        TestObject object = send(radiograph());
        index.awaitReceived(object.study(), 1);
        settle(object);
        dropAll();
        TestObject report = send(TestObject.report(object.study()));
        assertThat(index.count("instances", "sop_instance_uid", report.sopInstance()))
                .isEqualTo(1);

        dropAll();

        assertThat(index.count("instances", "sop_instance_uid", report.sopInstance()))
                .isZero();
    }

    @Test
    void aStudyStillInWorkIsNotDropped() throws Exception {
        TestObject told = send(radiograph());
        index.awaitReceived(told.study(), 1);
        TestObject committed = send(radiograph());
        index.awaitReceived(committed.study(), 1);
        settle(committed);
        commit(committed);
        TestObject due = send(radiograph());

        finished.drop(NO_AGE, 1000, "test");

        for (TestObject kept : List.of(told, due, committed)) {
            assertThat(index.count("instances", "sop_instance_uid", kept.sopInstance()))
                    .isEqualTo(1);
        }
    }

    @Test
    void forSpaceTheOldestGoAndTheYoungStay() throws Exception {
        TestObject old = send(radiograph());
        index.awaitReceived(old.study(), 1);
        settle(old);
        TestObject young = send(radiograph());
        index.awaitReceived(young.study(), 1);
        settle(young);
        store.run("update studies set completed_at = completed_at - interval '2 hours' where study_key = '" + key(old)
                + "'");

        retention(Map.of("prelim.retention.low-free", "8000000G")).look();

        assertThat(index.count("instances", "study_key", key(old))).isZero();
        assertThat(index.original(young.sopInstance())).isEqualTo(young.bytes());
    }

    @Test
    void aLittleThatIsNeededIsCopiedForwardAndItsSegmentDropped() throws Exception {
        log.seal().get();
        TestObject needed = send(radiograph());
        long segment = store.segment(needed);
        TestObject big = TestObject.image(needed.study(), needed.series(), 2, 900_000);
        send(big);
        store.forget(big.sopInstance());
        log.seal().get();

        lookUntilGone(segment);

        assertThat(store.segment(needed)).isGreaterThan(segment);
        assertThat(index.original(needed.sopInstance())).isEqualTo(needed.bytes());
    }

    @Test
    void aCrashAfterACopyLeavesOneInstanceThatIsServed() throws Exception {
        TestObject object = send(radiograph());
        long segment = store.segment(object);
        log.seal().get();
        List<StoredPart> parts = new ArrayList<>();
        log.walk(segment, true, part -> {
            if (part.instanceUid().equals(object.sopInstance())) {
                parts.add(part);
            }
        });
        log.copy(parts).get(); // and nobody names the copy

        retention(Map.of("prelim.retention.copy-below", "1")).look();
        retention(Map.of("prelim.retention.copy-below", "1")).look();

        assertThat(index.count("instances", "sop_instance_uid", object.sopInstance()))
                .isEqualTo(1);
        assertThat(index.count("parts", "study_key", key(object))).isGreaterThanOrEqualTo(2);
        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
    }

    @Test
    void aSegmentIsLeftAloneWhileSomethingIsInFlight() throws Exception {
        log.seal().get();
        TestObject object = send(radiograph());
        long segment = store.segment(object);
        store.forget(object.sopInstance());
        try (InFlight.Ticket ticket = inFlight.enter()) {
            log.seal().get();

            retention(Map.of()).look();

            assertThat(log.segments()).extracting(SegmentFile::number).contains(segment);
        }
        lookUntilGone(segment);
    }

    @Test
    void aSegmentWithDamagedPartsIsKept() throws Exception {
        TestObject object = send(radiograph());
        long segment = store.segment(object);
        store.damage("pixels_part", object);
        log.seal().get();

        retention(Map.of("prelim.retention.copy-below", "1")).look();

        assertThat(log.segments()).extracting(SegmentFile::number).contains(segment);
        assertThat(store.reasons(object)).containsExactly("ALTERED");
    }

    @Test
    void theSweepFindsWhatWasAlteredShowsItAndItIsMendedWhenItsObjectComesAgain() throws Exception {
        TestObject object = send(radiograph());
        TestObject whole = send(radiograph());
        store.damage("header_part", object);
        beginASweep();
        sweep.sweep(Long.MAX_VALUE);
        assertThat(store.reasons(object)).as("too young to be read again").isEmpty();
        letPartsAge();
        beginASweep();

        sweep.sweep(1000); // less than one part at a time
        sweep.sweep(Long.MAX_VALUE);

        assertThat(store.reasons(object)).containsExactly("ALTERED");
        assertThat(store.reasons(whole)).isEmpty();
        RestAssured.get("/api/store/damaged?limit=500")
                .then()
                .statusCode(200)
                .body("parts.studyKey", hasItem(key(object).toString()))
                .body("parts.find { it.studyKey == '" + key(object) + "' }.reason", equalTo("ALTERED"))
                .body("parts.find { it.studyKey == '" + key(object) + "' }.partClass", equalTo("HEADER"));
        assertThat(RestAssured.get("/api/store")
                        .then()
                        .statusCode(200)
                        .extract()
                        .<Integer>path("damagedParts"))
                .isPositive();

        send(object);

        assertThat(store.reasons(object)).isEmpty();
        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
    }

    @Test
    void aRoundOfTheSweepFollowsAnotherOnlyWhenItsTimeHasCome() throws Exception {
        send(radiograph());
        letPartsAge();
        beginASweep();
        sweep.sweep(Long.MAX_VALUE);
        TestObject later = send(radiograph());
        store.damage("pixels_part", later);
        letPartsAge();

        sweep.sweep(Long.MAX_VALUE);
        assertThat(store.reasons(later)).isEmpty();

        store.run("update sweep set begun_at = begun_at - interval '8 days'");
        sweep.sweep(Long.MAX_VALUE);
        assertThat(store.reasons(later)).containsExactly("ALTERED");
    }

    @Test
    void noSegmentIsDroppedWhileTheDatabaseMayHaveLostRowsThatNameIt() throws Exception {
        scheduler.pause(); // nothing else is stored, and nothing mends it meanwhile
        TestObject object;
        try {
            log.seal().get();
            object = send(radiograph());
            long number = store.segment(object);
            log.seal().get();
            store.forget(object.sopInstance());
            store.run("delete from index_witness");
            assertThat(use.places(number)).isEmpty();

            SegmentFile segment = reclaimer.candidates().stream()
                    .filter(candidate -> candidate.number() == number)
                    .findFirst()
                    .orElseThrow();
            assertThat(reclaimer.reclaim(segment, false)).isFalse();

            assertThat(log.segments()).extracting(SegmentFile::number).contains(number);
        } finally {
            scheduler.resume();
        }
        await().untilAsserted(() -> assertThat(index.count("instances", "sop_instance_uid", object.sopInstance()))
                .isEqualTo(1));
        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
    }

    private void beginASweep() throws SQLException {
        store.run("delete from sweep");
    }

    private void letPartsAge() throws SQLException {
        store.run("update parts set created_at = created_at - interval '25 hours'");
    }

    @ParameterizedTest
    @CsvSource({"/api/store?x=1, 400", "/api/store/damaged?limit=0, 400", "/api/store/damaged?after=x, 400"})
    void theStoreIsAskedStrictly(String address, int status) {
        RestAssured.get(address).then().statusCode(status).contentType("application/problem+json");
    }

    private Retention retention(Map<String, String> values) {
        return new Retention(finished, use, reclaimer, log, state, TestConfig.of(values), meters);
    }

    /** Something may be in flight at one look. */
    private void lookUntilGone(long segment) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            retention(Map.of()).look();
            assertThat(log.segments()).extracting(SegmentFile::number).doesNotContain(segment);
        });
    }

    private void dropAll() {
        while (!finished.drop(NO_AGE, 100, "test").isEmpty()) {
            // until none is left
        }
    }

    /** With pixels that no other object has. */
    private static TestObject radiograph() {
        TestObject object = TestObject.radiograph();
        return object.withPixels(object.sopInstance().hashCode(), 64 * 64);
    }

    private TestObject send(TestObject object) throws IOException {
        try (Sender sender = Sender.connect(listener.port())) {
            assertThat(sender.send(object)).isEqualTo(StoreResponse.SUCCESS);
        }
        return object;
    }

    private static Response erase(TestObject object) {
        return RestAssured.delete("/api/studies/{key}", key(object));
    }

    private static void awaitRemoved(TestObject object) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> erase(object).then().statusCode(200));
    }

    private void awaitRemovedRow(TestObject object) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Rows.of(
                                database,
                                "select 1 from erasures where study_key = ? and removed_at is null",
                                key(object))
                        .isEmpty());
    }

    private void settle(TestObject object) throws Exception {
        store.run("update outbox set settled_at = now() where study_key = '" + key(object) + "'");
    }

    private void commit(TestObject object) throws Exception {
        String id = "'" + UUID.randomUUID() + "'";
        store.run("insert into commitments (commitment_id, requester, transaction_uid, request_digest, wait_until,"
                + " judged_at, finished_at, outcome) values (" + id + ", 'TEST', " + id
                + ", 'x', now(), now(), now(), 'DELIVERED')");
        store.run("insert into commitment_references (commitment_id, item, sop_class_uid, sop_instance_uid,"
                + " failure_reason) values (" + id + ", 0, '" + object.sopClass() + "', '" + object.sopInstance()
                + "', 0)");
    }

    private static UUID key(TestObject object) {
        return Ids.study("default", object.study());
    }
}
