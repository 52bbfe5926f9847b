package io.prelim.ingest.hint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.prelim.events.Ids;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.fixture.Rows;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hints by word of mouth, by the end of an association, and by an archive's count. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class HintsIT {
    private static final String ASKED = "RECEIVING quiet period ended early: asked for over http";
    private static final String RELEASED = "RECEIVING quiet period ended early: the sender released its association";

    @Inject
    DicomListener listener;

    @Inject
    DataSource database;

    @Inject
    TestIndex index;

    @Inject
    CountRows counts;

    @Inject
    Announcements announcements;

    private final Waiting study = new Waiting();

    private Sender sender(String aeTitle) throws IOException {
        return Sender.connect(listener.port(), aeTitle, "PRELIM");
    }

    private void send(String aeTitle, List<TestObject> images) throws IOException {
        try (Sender sender = sender(aeTitle)) {
            Waiting.send(sender, images);
        }
    }

    private static ValidatableResponse complete(Object studyKey) {
        return RestAssured.post("/api/studies/{key}/complete", studyKey).then();
    }

    @Test
    void whoeverSaysThatAStudyIsCompleteIsBelieved() throws IOException {
        send("TESTER", study.images);
        study.waits(database, 0);

        complete(study.key)
                .statusCode(202)
                .body("studyKey", equalTo(study.key.toString()))
                .body("state", equalTo("ASSEMBLING"))
                .body("revision", equalTo(0));

        assertThat(index.awaitReceived(study.study, 1).instances()).isEqualTo(3);
        assertThat(index.stages(study.study)).containsOnlyOnce(ASKED);
        complete(study.key).statusCode(200).body("state", equalTo("COMPLETE")).body("revision", equalTo(1));
        assertThat(index.stages(study.study)).containsOnlyOnce(ASKED);
        assertThat(index.revision(study.study)).isEqualTo(1);
    }

    @Test
    void whatComesLaterIsARevision() throws IOException {
        send("TESTER", study.images.subList(0, 2));
        complete(study.key).statusCode(202);
        index.awaitReceived(study.study, 1);

        send("TESTER", study.images.subList(2, 3));

        study.waits(database, 1);
        complete(study.key).statusCode(202);
        assertThat(index.awaitReceived(study.study, 2).instances()).isEqualTo(3);
    }

    @Test
    void aStudyWithoutImagesHasNothingToComplete() throws IOException {
        TestObject report = TestObject.report(study.study);
        send("TESTER", List.of(report));
        await().untilAsserted(
                        () -> assertThat(index.stages(study.study)).contains("NOT_ANALYZED no image with pixel data"));

        complete(study.key)
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", equalTo("The study has no image to be analysed."));
    }

    @Test
    void aStudyOfWhichMoreIsAnnouncedIsNotComplete() throws IOException {
        send("TESTER", study.images.subList(0, 2));
        QuarkusTransaction.requiringNew()
                .run(() -> announcements.add(new Announcement(
                        Announcement.Source.AVAILABILITY,
                        UUID.randomUUID().toString(),
                        List.of(study.key),
                        study.instances(),
                        true)));

        complete(study.key)
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", equalTo("Instances were announced that have not come yet."));
        study.waits(database, 0);
    }

    @Test
    void whatIsAskedWronglyIsToldSo() {
        complete(study.key).statusCode(404).contentType("application/problem+json");
        complete("1.2.3").statusCode(400).body("parameter", equalTo("studyKey"));
        RestAssured.post("/api/studies/{key}/complete?force=true", study.key)
                .then()
                .statusCode(400);
        RestAssured.get("/api/studies/{key}/complete", study.key).then().statusCode(405);
    }

    @Test
    void theReleaseOfAnAssociationEndsIfItsSenderIsKnownToWorkSo() throws IOException {
        send("TESTER", study.images.subList(0, 1));
        study.waits(database, 0);

        send(ServiceUnderTest.RELEASER, study.images.subList(1, 3));

        assertThat(index.awaitReceived(study.study, 1).instances()).isEqualTo(3);
        assertThat(index.stages(study.study)).contains(RELEASED);
    }

    @Test
    void theLastOfSeveralAssociationsEnds() throws IOException {
        try (Sender other = sender(ServiceUnderTest.RELEASER)) {
            Waiting.send(other, study.images.subList(0, 1));
            send(ServiceUnderTest.RELEASER, study.images.subList(1, 2));
            // a study of its own, released later, is through: the first release was looked at and led to nothing
            Waiting after = new Waiting();
            send(ServiceUnderTest.RELEASER, after.images);
            index.awaitReceived(after.study, 1);
            study.waits(database, 0);
            Waiting.send(other, study.images.subList(2, 3));
        }

        assertThat(index.awaitReceived(study.study, 1).instances()).isEqualTo(3);
    }

    @Test
    void anArchiveThatIsAwayLeavesThePlainQuietPeriod() throws IOException {
        TestObject object = TestObject.radiograph();

        send(ServiceUnderTest.COUNTED, List.of(object));

        assertThat(index.awaitReceived(object.study(), 1).instances()).isEqualTo(1);
        assertThat(index.stages(object.study())).noneMatch(stage -> stage.contains("archive"));
    }

    @Test
    void whatAnArchiveHasMoreIsWaitedForWithinBounds() throws IOException {
        TestObject object = TestObject.radiograph();
        send("TESTER", List.of(object));
        UUID key = Ids.study("default", object.study());
        String until =
                "update studies set due_at = %s, ask_until = clock_timestamp() %s where study_key = ? returning 1";
        Rows.of(database, until.formatted("clock_timestamp() + interval '1 second'", "+ interval '1 hour'"), key);

        assertThat(counts.await(key, 5, 1)).isTrue();

        assertThat(index.stages(object.study()))
                .contains("RECEIVING the archive has 5 instances, 1 are here: the study waits for the others");
        assertThat(Rows.of(
                        database,
                        "select due_at > ask_until - interval '1 hour' + interval '2 seconds' from studies"
                                + " where study_key = ?",
                        key))
                .as("later than it would have been due")
                .containsExactly("t");
        Rows.of(database, until.formatted("due_at", "- interval '1 second'"), key);
        assertThat(counts.await(key, 6, 1)).isFalse();
    }
}
