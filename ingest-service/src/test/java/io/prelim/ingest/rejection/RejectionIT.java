package io.prelim.ingest.rejection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.events.Ids;
import io.prelim.events.StudyReceived;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.fixture.KeyObjects;
import io.prelim.ingest.fixture.Rows;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class RejectionIT {
    private static final String QUALITY = "113001";
    private static final String SAFETY = "113037";
    private static final String RETENTION = "113039";

    @Inject
    DicomListener listener;

    @Inject
    DataSource database;

    @Inject
    TestIndex index;

    private final String study = Uid.random();
    private final UUID key = Ids.study("default", study);
    private final TestObject first = TestObject.image(study, Uid.random(), 1, 64);
    private final TestObject second = TestObject.image(study, Uid.random(), 2, 64);

    private StoreResponse send(TestObject object) throws IOException {
        try (Sender sender = Sender.connect(listener.port())) {
            return sender.send(object);
        }
    }

    private void sendAll(TestObject... objects) throws IOException {
        for (TestObject object : objects) {
            assertThat(send(object).status()).isZero();
        }
    }

    private TestObject note(String code, TestObject... rejected) {
        return KeyObjects.note(
                code,
                study,
                List.of(rejected).stream().map(TestObject::sopInstance).toList());
    }

    private List<String> stages() {
        return index.stages(study);
    }

    private void seesNothingDue(int revision) {
        await().untilAsserted(() -> assertThat(Rows.of(
                        database,
                        "select revision || ' ' || (due_at is null) || ' ' || not exists (select 1 from rejections r"
                                + " where r.study_key = s.study_key and applied_at is null) from studies s"
                                + " where study_key = ?",
                        key))
                .containsExactly(revision + " true true"));
    }

    private int partStatus(TestObject object) {
        String part = Rows.of(
                        database, "select pixels_part from instances where sop_instance_uid = ?", object.sopInstance())
                .get(0);
        return RestAssured.given()
                .auth()
                .oauth2(ServiceUnderTest.INFERENCE_TOKEN)
                .get("/internal/parts/{part}", part)
                .statusCode();
    }

    @Test
    void anImageThatIsRejectedIsNoImageOfItsStudyAnyLonger() throws IOException {
        sendAll(first, second);
        assertThat(index.awaitReceived(study, 1).instances()).isEqualTo(2);

        sendAll(note(QUALITY, first));

        StudyReceived left = index.awaitReceived(study, 2);
        assertThat(left.instances()).isEqualTo(1);
        assertThat(left.withdrawn()).isNull();
        assertThat(new String(index.part(left.manifest().partId()), StandardCharsets.UTF_8))
                .contains(second.sopInstance())
                .doesNotContain(first.sopInstance());
        assertThat(stages()).contains("RECEIVING instances rejected for quality reasons: 1");
        assertThat(partStatus(first)).isEqualTo(410);
        assertThat(partStatus(second)).isEqualTo(200);
    }

    @Test
    void aStudyOfWhichNothingIsLeftIsWithdrawn() throws IOException {
        sendAll(first, second);
        index.awaitReceived(study, 1);

        sendAll(note(SAFETY, first, second));

        StudyReceived withdrawn = index.awaitReceived(study, 2);
        assertThat(withdrawn.withdrawn()).isTrue();
        assertThat(withdrawn.instances()).isZero();
        assertThat(withdrawn.series()).isEmpty();
        assertThat(stages())
                .contains(
                        "RECEIVING instances rejected for patient safety reasons: 2",
                        "RECEIVED withdrawn: every image was rejected");

        TestObject again = TestObject.image(study, Uid.random(), 3, 64);
        sendAll(again);
        assertThat(index.awaitReceived(study, 3).withdrawn()).isNull();
        assertThat(index.awaitReceived(study, 3).instances()).isEqualTo(1);
    }

    @Test
    void aNoteBeforeItsImagesIsRemembered() throws IOException {
        sendAll(note(QUALITY, first), first, second);

        assertThat(index.awaitReceived(study, 1).instances()).isEqualTo(1);
        assertThat(index.original(first.sopInstance()))
                .as("what was acknowledged is kept")
                .isEqualTo(first.bytes());
        assertThat(partStatus(first)).isEqualTo(410);
    }

    @Test
    void aStudyThatWasRejectedBeforeItWasCompleteIsNotAnalysed() throws IOException {
        sendAll(note(QUALITY, first), first);

        await().untilAsserted(() -> assertThat(stages()).contains("NOT_ANALYZED every image was rejected"));
        seesNothingDue(0);
    }

    @Test
    void theSameAgainChangesNothing() throws IOException {
        sendAll(first, second);
        index.awaitReceived(study, 1);
        TestObject note = note(QUALITY, first);
        sendAll(note);
        index.awaitReceived(study, 2);

        sendAll(note, note(QUALITY, first));

        seesNothingDue(2);
        assertThat(stages()).containsOnlyOnce("RECEIVING instances rejected for quality reasons: 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"113001", "113037", "113038"})
    void aRejectedInstanceThatIsSentAgainStaysRejected(String code) throws IOException {
        sendAll(first, second, note(code, first));
        index.awaitReceived(study, 1);

        sendAll(first);

        seesNothingDue(1);
        assertThat(partStatus(first)).isEqualTo(410);
    }

    @Test
    void whatWasKeptForTooLongMayComeAgain() throws IOException {
        sendAll(first, second);
        index.awaitReceived(study, 1);
        sendAll(note(RETENTION, first));
        assertThat(index.awaitReceived(study, 2).instances()).isEqualTo(1);

        sendAll(first);

        assertThat(index.awaitReceived(study, 3).instances()).isEqualTo(2);
        assertThat(partStatus(first)).isEqualTo(200);
        assertThat(stages())
                .contains(
                        "RECEIVING instances sent again after they were taken back as their data retention policy expired: 1");
    }

    @Test
    void aNoteThatCannotBeFollowedIsRefused() throws IOException {
        StoreResponse answer = send(KeyObjects.note(QUALITY, study, List.of()));

        assertThat(answer.status()).isEqualTo(0xC001);
        assertThat(answer.errorComment()).isEqualTo("rejection note: (0008,1199) has no item");
        RestAssured.get("/api/studies/{key}", key).then().statusCode(404);
    }

    @Test
    void aNoteOfAnotherStudyTakesNothingBack() throws IOException {
        sendAll(first);
        index.awaitReceived(study, 1);

        sendAll(KeyObjects.note(QUALITY, Uid.random(), List.of(first.sopInstance())));
        TestObject own = note(QUALITY, first);
        seesNothingDue(1);
        assertThat(partStatus(first)).isEqualTo(200);

        sendAll(own);
        assertThat(index.awaitReceived(study, 2).withdrawn()).isTrue();
    }

    @Test
    void aKeyObjectThatIsNoNoteIsADocument() throws IOException {
        sendAll(first, KeyObjects.note("113000", study, List.of(first.sopInstance())));

        assertThat(index.awaitReceived(study, 1).instances()).isEqualTo(1);
        seesNothingDue(1);
        RestAssured.get("/api/studies/{key}", key).then().body("instances", equalTo(2));
    }
}
