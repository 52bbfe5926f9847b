package io.prelim.ingest.receive;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.events.StudyReceived;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.fixture.KeyObjects;
import io.prelim.ingest.fixture.Rows;
import io.prelim.ingest.ledger.OwnResults;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reports and segmentations of ours as they come back from an archive, and objects that only say that they are. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class OwnResultsIT extends OverDimse {
    @Inject
    DataSource database;

    @Test
    void theyAreKeptAndKnownAndMakeNoRevision() throws Exception {
        TestObject image = TestObject.radiograph();
        send(image);
        StudyReceived study = index.awaitReceived(image.study(), 1);
        TestObject report = report(study);
        TestObject segmentation = segmentation(study);
        TestObject signed = report(study)
                .with(
                        Tag.SERIES_INSTANCE_UID,
                        OwnResults.series(study.studyKey()).get(2));
        TestObject note = KeyObjects.note(
                        "113037", study.studyInstanceUid(), List.of(report.sopInstance(), signed.sopInstance()))
                .with(
                        Tag.SERIES_INSTANCE_UID,
                        OwnResults.series(study.studyKey()).get(3));

        for (TestObject object : List.of(report, segmentation, signed, note, report, segmentation, signed, note)) {
            assertThat(send(object)).isEqualTo(StoreResponse.SUCCESS);
        }

        // what makes a revision is committed before the answer
        assertThat(due(study.studyKey())).isNull();
        given().get("/api/studies/{key}", study.studyKey())
                .then()
                .body("revision", is(1))
                .body("instances", is(5))
                .body("ownResults", is(4));
        given().get("/api/studies/{key}/timeline", study.studyKey())
                .then()
                .body(containsString("OWN_RESULT"))
                .body(containsString(report.sopInstance()))
                .body(containsString(note.sopInstance()))
                .body(containsString(segmentation.sopInstance()));
    }

    @Test
    void whatOnlySaysThatItIsOneDoesNoHarm() throws Exception {
        TestObject image = TestObject.radiograph();
        send(image);
        StudyReceived study = index.awaitReceived(image.study(), 1);
        TestObject report = report(study);
        TestObject segmentation = segmentation(study);
        send(report);
        send(segmentation);

        assertThat(send(report.with(Tag.COMPLETION_FLAG, "COMPLETE"))).isEqualTo(StoreResponse.SUCCESS);
        assertThat(send(segmentation.withPixels(99, 64 * 64)).stored()).isFalse();
        send(report(study).with(Tag.STUDY_INSTANCE_UID, Uid.random()));

        assertThat(due(study.studyKey())).isNull();
        assertThat(index.headerVersions(report.sopInstance())).hasSize(2);
        assertThat(index.count("quarantine", "sop_instance_uid", segmentation.sopInstance()))
                .isEqualTo(1);
        given().get("/api/studies/{key}", study.studyKey()).then().body("ownResults", is(2));

        // an image is one, whatever series it says that it is of
        TestObject hidden = TestObject.image(
                image.study(), OwnResults.series(study.studyKey()).get(0), 2, 1000);
        send(hidden);
        assertThat(index.awaitReceived(image.study(), 2).instances()).isEqualTo(2);
        given().get("/api/studies/{key}", study.studyKey()).then().body("ownResults", is(2));
    }

    private String due(UUID studyKey) {
        return Rows.of(database, "select due_at from studies where study_key = ?", studyKey)
                .get(0);
    }

    private static TestObject report(StudyReceived study) {
        return TestObject.report(study.studyInstanceUid())
                .with(Tag.SOP_CLASS_UID, Uid.ENHANCED_SR_STORAGE)
                .with(
                        Tag.SERIES_INSTANCE_UID,
                        OwnResults.series(study.studyKey()).get(0));
    }

    private static TestObject segmentation(StudyReceived study) {
        return TestObject.image(
                        study.studyInstanceUid(),
                        OwnResults.series(study.studyKey()).get(1),
                        1,
                        64 * 64)
                .with(Tag.SOP_CLASS_UID, Uid.SEGMENTATION_STORAGE)
                .with(Tag.MODALITY, "SEG");
    }
}
