package io.prelim.ingest.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.events.Ids;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.StoreUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.fixture.Rows;
import io.prelim.store.Content;
import io.prelim.store.LogPosition;
import io.prelim.store.NewPart;
import io.prelim.store.SegmentLog;
import io.prelim.store.Sha256;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** What a crash leaves behind, made by hand over the real log and database, and what recovery makes of it. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(60)
class RecoveryIT {
    @Inject
    DicomListener listener;

    @Inject
    LogRecovery recovery;

    @Inject
    Checkpoint checkpoint;

    @Inject
    SegmentLog log;

    @Inject
    TestIndex index;

    @Inject
    DataSource database;

    @Inject
    StoreUnderTest store;

    @Inject
    Scheduler scheduler;

    @Test
    void anObjectThatWasSyncedAndNotIndexedIsTakenIn() throws Exception {
        LogPosition before = log.end();
        TestObject object = TestObject.radiograph().with(Tag.PATIENT_ID, "RECOVERED");
        send(object);
        String indexed = row(object);
        forget(object);

        recovery.run(Optional.of(before));

        assertThat(row(object)).isEqualTo(indexed);
        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
        assertThat(index.awaitReceived(object.study(), 1).instances()).isEqualTo(1);
        assertThat(index.awaitContext(object.study(), 1).patientId().reveal()).isEqualTo("RECOVERED");
    }

    @Test
    void whatIsIndexedStaysAsItIs() throws Exception {
        LogPosition before = log.end();
        TestObject object = TestObject.radiograph();
        send(object);
        send(object);
        index.awaitReceived(object.study(), 1);

        recovery.run(Optional.of(before));

        assertThat(index.count("instances", "sop_instance_uid", object.sopInstance()))
                .isEqualTo(1);
        assertThat(index.headerVersions(object.sopInstance())).containsExactly("1 false");
        assertThat(index.revision(object.study())).isEqualTo(1);
    }

    @Test
    void deflatedObjectsAndThoseWithoutPixelsAreTakenInToo() throws Exception {
        LogPosition before = log.end();
        TestObject deflated = TestObject.radiograph();
        TransferSyntax syntax = TransferSyntax.of("1.2.840.10008.1.2.1.99");
        try (Sender sender = Sender.connectIn(listener.port(), syntax)) {
            assertThat(sender.send(deflated, syntax, deflated.bytes(syntax))).isEqualTo(StoreResponse.SUCCESS);
        }
        TestObject report = TestObject.report(deflated.study());
        send(report);
        String[] indexed = {row(deflated), row(report)};
        forget(deflated);

        recovery.run(Optional.of(before));

        assertThat(row(deflated)).isEqualTo(indexed[0]);
        assertThat(row(report)).isEqualTo(indexed[1]);
    }

    @Test
    void otherPixelsAreKeptAsideAndAChangedHeaderIsAVersionAsWhenTheyCame() throws Exception {
        LogPosition before = log.end();
        TestObject object = TestObject.radiograph();
        send(object);
        object.with(Tag.PATIENT_NAME, "Changed");
        send(object);
        TestObject other = object.withPixels(99, 64 * 64);
        try (Sender sender = Sender.connect(listener.port())) {
            assertThat(sender.send(other).status()).isEqualTo(0xC002);
        }
        forget(object);

        recovery.run(Optional.of(before));

        assertThat(index.headerVersions(object.sopInstance())).containsExactly("1 false", "2 true");
        assertThat(index.quarantinedPixels(object.sopInstance())).isEqualTo(other.pixels());
    }

    @Test
    void aTornObjectIsNotIndexedAndThoseBesideItAre() throws Exception {
        LogPosition before = log.end();
        TestObject first = TestObject.radiograph();
        TestObject torn = TestObject.radiograph();
        TestObject last = TestObject.radiograph();
        send(first);
        send(torn);
        send(last);
        store.damage("pixels_part", torn);
        forget(first);
        forget(torn);
        forget(last);

        recovery.run(Optional.of(before));

        assertThat(index.count("instances", "sop_instance_uid", first.sopInstance()))
                .isEqualTo(1);
        assertThat(index.count("instances", "sop_instance_uid", torn.sopInstance()))
                .isZero();
        assertThat(index.count("instances", "sop_instance_uid", last.sopInstance()))
                .isEqualTo(1);
    }

    @Test
    void recordsThatAreNoObjectsArePassedOver() throws Exception {
        LogPosition before = log.end();
        TestObject object = TestObject.radiograph();
        byte[] garbage = new byte[300];
        Content content = Content.of(garbage);
        String annotation = "ts=1.2.840.10008.1.2.1;at=300;header=300;pixels=none;fetched=false;from=X";
        log.append(new NewPart(
                        UUID.randomUUID(), UUID.randomUUID(), 1, "1.2.3", annotation, Sha256.of(content), content))
                .get();
        send(object);
        forget(object);

        recovery.run(Optional.of(before));

        assertThat(index.count("instances", "sop_instance_uid", object.sopInstance()))
                .isEqualTo(1);
        assertThat(index.count("instances", "sop_instance_uid", "1.2.3")).isZero();
    }

    @Test
    void aRowWhoseBytesAreDamagedIsFoundNotServedAndMendedWhenItsObjectComesAgain() throws Exception {
        LogPosition before = log.end();
        TestObject object = TestObject.radiograph();
        send(object);
        store.damage("pixels_part", object);

        recovery.run(Optional.of(before));

        String pixels = store.part("pixels_part", object);
        assertThat(Rows.of(database, "select reason from damaged_parts where part_id = cast(? as uuid)", pixels))
                .containsExactly("ALTERED");
        getPart(pixels).then().statusCode(410).body("status", Matchers.equalTo(410));

        send(object);

        assertThat(getPart(pixels).then().statusCode(200).extract().asByteArray())
                .isEqualTo(object.pixels());
        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
    }

    @Test
    void aRowBeyondTheLogIsFoundMissingAndItsPlaceIsNotWrittenAgain() throws Exception {
        TestObject object = TestObject.radiograph();
        send(object);
        String pixels = store.part("pixels_part", object);
        store.run("update parts set segment = 900000 where part_id = '" + pixels + "'");

        recovery.run(Optional.of(log.end()));

        assertThat(Rows.of(database, "select reason from damaged_parts where part_id = cast(? as uuid)", pixels))
                .containsExactly("MISSING");
        getPart(pixels).then().statusCode(410);

        TestObject later = TestObject.radiograph();
        send(later);

        assertThat(store.segment(later)).isGreaterThan(900_000);
        assertThat(index.original(later.sopInstance())).isEqualTo(later.bytes());
    }

    @Test
    void aWholePartThatWasAlteredIsNeverSentWhole() throws Exception {
        TestObject object = TestObject.radiograph();
        send(object);
        store.damage("pixels_part", object);
        String pixels = store.part("pixels_part", object);

        // nothing was sent before its end was reached, so that there is an answer yet
        getPart(pixels).then().statusCode(503);
        getPart(pixels).then().statusCode(410);
    }

    @Test
    void theCheckpointFollowsTheLog() throws Exception {
        send(TestObject.radiograph());
        LogPosition end = log.end();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            checkpoint.look();
            assertThat(checkpoint.find().orElseThrow()).isGreaterThanOrEqualTo(end);
        });
    }

    @Test
    void whatADatabaseLostInACrashIsTakenInAgainWhileObjectsComeIn() throws Exception {
        TestObject kept = TestObject.radiograph();
        TestObject lost = TestObject.radiograph();
        scheduler.pause(); // nothing else may look
        try {
            send(kept);
            recovery.look();
            recovery.look();
            LogPosition reached = checkpoint.find().orElseThrow();
            send(lost);
            String indexed = row(lost);
            forget(lost);
            store.run("delete from index_witness");

            checkpoint.look();
            checkpoint.look();
            assertThat(checkpoint.find()).as("not moved beyond what was lost").contains(reached);
            recovery.look();

            assertThat(row(lost)).isEqualTo(indexed);
            assertThat(checkpoint.find().orElseThrow()).isGreaterThan(reached);
            send(lost);
            send(kept);
            assertThat(index.headerVersions(lost.sopInstance())).containsExactly("1 false");
            assertThat(index.headerVersions(kept.sopInstance())).containsExactly("1 false");
        } finally {
            scheduler.resume();
        }
        assertThat(index.awaitReceived(lost.study(), 1).instances()).isEqualTo(1);
        assertThat(index.awaitReceived(kept.study(), 1).instances()).isEqualTo(1);
    }

    /** The last: it takes the index away from all that were before. */
    @Test
    @Order(Integer.MAX_VALUE)
    void anIndexThatIsLostIsMadeAnewFromTheLog() throws Exception {
        TestObject object = TestObject.radiograph();
        send(object);
        int revision = index.awaitReceived(object.study(), 1).revision();
        String indexed = row(object);
        // as at a start, nothing is assembled before all of the log is indexed
        scheduler.pause();
        try {
            store.run("truncate studies, parts, log_checkpoint cascade");

            recovery.run(checkpoint.find());
        } finally {
            scheduler.resume();
        }

        assertThat(row(object)).isEqualTo(indexed);
        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
        // all that other tests stored is due again, too, and would be assembled first
        store.run("update studies set due_at = null where study_key in (select study_key from studies"
                + " where study_instance_uid <> '" + object.study() + "' for update skip locked)");
        assertThat(index.awaitReceived(object.study(), revision + 1).instances())
                .isEqualTo(1);
        assertThat(checkpoint.find()).isPresent();
    }

    private void send(TestObject object) throws IOException {
        try (Sender sender = Sender.connect(listener.port())) {
            assertThat(sender.send(object)).isEqualTo(StoreResponse.SUCCESS);
        }
    }

    private static io.restassured.response.Response getPart(String part) {
        return RestAssured.given()
                .header("Authorization", "Bearer " + ServiceUnderTest.INFERENCE_TOKEN)
                .get("/internal/parts/{part}", part);
    }

    /** All of an instance's row but when it came. */
    private String row(TestObject object) {
        return Rows.of(
                        database,
                        "select cast(to_jsonb(i) - 'received_at' as text) from instances i where sop_instance_uid = ?",
                        object.sopInstance())
                .get(0);
    }

    /** As if its study had never been indexed. */
    private void forget(TestObject object) throws SQLException {
        String study = "'" + Ids.study("default", object.study()) + "'";
        store.run(
                "delete from header_versions v using instances i where v.sop_instance_uid = i.sop_instance_uid and i.study_key = "
                        + study);
        for (String table : new String[] {"instances", "quarantine", "parts", "ledger", "outbox", "studies"}) {
            store.run("delete from " + table + " where study_key = " + study);
        }
    }
}
