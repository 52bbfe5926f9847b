package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.events.EventJson;
import io.prelim.events.Ids;
import io.prelim.events.PartClass;
import io.prelim.events.PatientContext;
import io.prelim.events.Priority;
import io.prelim.events.StudyManifest;
import io.prelim.events.StudyReceived;
import io.prelim.events.Subject;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestObject;
import io.prelim.store.Content;
import io.prelim.store.Sha256;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** C-STORE over a real association to the index, the store and the outbox. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class ReceiveIT extends OverDimse {
    @Test
    void aStoredRadiographBecomesAStudyWithAManifest() throws Exception {
        TestObject object = TestObject.radiograph();

        assertThat(send(object)).isEqualTo(StoreResponse.SUCCESS);

        StudyReceived received = index.awaitReceived(object.study(), 1);
        assertThat(received.studyKey()).isEqualTo(Ids.study("default", object.study()));
        assertThat(received.priority()).isEqualTo(Priority.ROUTINE);
        assertThat(received.subject()).isEqualTo(new Subject("6-17", "F"));
        assertThat(received.instances()).isEqualTo(1);
        assertThat(received.series()).singleElement().satisfies(series -> {
            assertThat(series.seriesInstanceUid()).isEqualTo(object.series());
            assertThat(series.modality()).isEqualTo("DX");
            assertThat(series.bodyPart()).isEqualTo("CHEST");
            assertThat(series.viewPosition()).isEqualTo("PA");
            assertThat(series.burnedIn()).isFalse();
        });
        assertThat(received.manifest().partClass()).isEqualTo(PartClass.MANIFEST);
        byte[] json = index.part(received.manifest().partId());
        assertThat(Sha256.of(Content.of(json)).prefixed())
                .isEqualTo(received.manifest().digest());
        StudyManifest manifest = EventJson.read(json, StudyManifest.class);
        assertThat(manifest.images()).singleElement().satisfies(image -> {
            assertThat(image.sopInstanceUid()).isEqualTo(object.sopInstance());
            assertThat(image.rows()).isEqualTo(64);
            assertThat(image.pixelSpacing()).containsExactly(0.2, 0.2);
            assertThat(image.pixels().partClass()).isEqualTo(PartClass.PIXELS);
            assertThat(index.part(image.pixels().partId())).isEqualTo(object.pixels());
        });
        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
    }

    @Test
    void bytesBehindThePixelsAreKept() throws Exception {
        TestObject object = TestObject.radiograph();
        object.dataSet().putBytes(Tag.DATA_SET_TRAILING_PADDING, VR.OB, new byte[] {1, 2, 3, 4});

        assertThat(send(object)).isEqualTo(StoreResponse.SUCCESS);

        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
    }

    @Test
    void anObjectLargerThanItsMemoryGoesByFile() throws Exception {
        TestObject object = TestObject.radiograph().withPixels(5, 3 << 20);

        assertThat(send(object)).isEqualTo(StoreResponse.SUCCESS);

        assertThat(index.original(object.sopInstance())).isEqualTo(object.bytes());
    }

    @Test
    void aLateImageMakesANewRevision() throws Exception {
        TestObject first = TestObject.radiograph();
        assertThat(send(first)).isEqualTo(StoreResponse.SUCCESS);
        StudyReceived before = index.awaitReceived(first.study(), 1);

        assertThat(send(TestObject.image(first.study(), first.series(), 2, 1000)))
                .isEqualTo(StoreResponse.SUCCESS);

        StudyReceived after = index.awaitReceived(first.study(), 2);
        assertThat(after.instances()).isEqualTo(2);
        assertThat(after.inputDigest()).isNotEqualTo(before.inputDigest());
        assertThat(EventJson.read(index.part(after.manifest().partId()), StudyManifest.class)
                        .images())
                .hasSize(2);
    }

    @Test
    void aReportMakesNoRevision() throws Exception {
        TestObject image = TestObject.radiograph();
        assertThat(send(image)).isEqualTo(StoreResponse.SUCCESS);
        index.awaitReceived(image.study(), 1);

        assertThat(send(TestObject.report(image.study()))).isEqualTo(StoreResponse.SUCCESS);

        assertThat(index.count("instances", "study_key", Ids.study("default", image.study())))
                .isEqualTo(2);
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(3))
                .until(() -> index.revision(image.study()) == 1);
    }

    @Test
    void aStudyWithoutImagesIsNotAnalysedAndSaysWhy() throws Exception {
        String study = Uid.random();

        assertThat(send(TestObject.report(study))).isEqualTo(StoreResponse.SUCCESS);

        await().untilAsserted(() -> assertThat(index.stages(study))
                .containsExactly("RECEIVING first instance", "NOT_ANALYZED no image with pixel data"));
        assertThat(index.count("outbox", "study_key", Ids.study("default", study)))
                .isZero();

        assertThat(send(TestObject.image(study, Uid.random(), 1, 100))).isEqualTo(StoreResponse.SUCCESS);
        assertThat(index.awaitReceived(study, 1).instances()).isEqualTo(1);
    }

    @Test
    void anImageWithoutPixelDataCountsAsAnImage() throws Exception {
        TestObject object = TestObject.radiograph();
        object.dataSet().remove(Tag.PIXEL_DATA);

        assertThat(send(object)).isEqualTo(StoreResponse.SUCCESS);

        StudyReceived received = index.awaitReceived(object.study(), 1);
        StudyManifest manifest = EventJson.read(index.part(received.manifest().partId()), StudyManifest.class);
        assertThat(manifest.images())
                .singleElement()
                .satisfies(image -> assertThat(image.pixels()).isNull());
    }

    @Test
    void theQuietPeriodIsTheModalitys() throws Exception {
        TestObject object = TestObject.radiograph()
                .with(Tag.SOP_CLASS_UID, Uid.CT_IMAGE_STORAGE)
                .with(Tag.MODALITY, "CT");
        long begin = System.nanoTime();

        assertThat(send(object)).isEqualTo(StoreResponse.SUCCESS);

        index.awaitReceived(object.study(), 1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(1500));
    }

    @Test
    void theContextForTheReportIsIdentified() throws Exception {
        TestObject object = TestObject.radiograph()
                .with(Tag.PATIENT_NAME, "Synthetic^Context")
                .with(Tag.PATIENT_ID, "CTX-1")
                .with(Tag.ACCESSION_NUMBER, "ACC-1");

        assertThat(send(object)).isEqualTo(StoreResponse.SUCCESS);

        PatientContext context = index.awaitContext(object.study(), 1);
        assertThat(context.patientName().reveal()).isEqualTo("Synthetic^Context");
        assertThat(context.patientId().reveal()).isEqualTo("CTX-1");
        assertThat(context.accessionNumber().reveal()).isEqualTo("ACC-1");
        assertThat(context.sex()).isEqualTo("F");
    }

    @Test
    void textThatADatabaseRefusesHarmsNobody() throws Exception {
        TestObject object = TestObject.radiograph()
                .with(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192")
                .with(Tag.PATIENT_NAME, "Nul\u0000Byte'; drop table studies; --^\u001b[31m")
                .with(Tag.BODY_PART_EXAMINED, "<SCRIPT>");

        assertThat(send(object)).isEqualTo(StoreResponse.SUCCESS);

        assertThat(index.awaitReceived(object.study(), 1).series().get(0).bodyPart())
                .isNull();
        assertThat(index.awaitContext(object.study(), 1).patientName().reveal())
                .isEqualTo("NulByte'; drop table studies; --^[31m");
    }
}
