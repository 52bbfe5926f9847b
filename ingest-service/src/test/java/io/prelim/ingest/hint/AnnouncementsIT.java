package io.prelim.ingest.hint;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.dicom.net.transport.DicomClient;
import io.prelim.dicom.object.DataSet;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.fixture.Rows;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hints by procedure steps and notifications, over their own door, before and after the images. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class AnnouncementsIT {
    private static final String MPPS = Uid.MODALITY_PERFORMED_PROCEDURE_STEP;
    private static final String IAN = Uid.INSTANCE_AVAILABILITY_NOTIFICATION;
    private static final String STEP_ENDED =
            "RECEIVING quiet period ended early: procedure step COMPLETED, its 3 instances are here";

    @Inject
    DicomListener listener;

    @Inject
    DataSource database;

    @Inject
    TestIndex index;

    private final Waiting study = new Waiting();
    private final String step = Uid.random();
    private DicomClient modality;

    @BeforeEach
    void associate() throws IOException {
        modality = DicomClient.connect(
                ClientSettings.of("127.0.0.1", listener.port(), "MR1", "PRELIM"),
                List.of(
                        PresentationContext.of(MPPS, Uid.IMPLICIT_VR_LITTLE_ENDIAN),
                        PresentationContext.of(IAN, Uid.EXPLICIT_VR_LITTLE_ENDIAN)));
    }

    @AfterEach
    void release() throws IOException {
        modality.close();
    }

    private void send(List<TestObject> images) throws IOException {
        try (Sender sender = Sender.connect(listener.port())) {
            Waiting.send(sender, images);
        }
    }

    private void begin(String uid) throws IOException {
        DataSet begun = new DataSet()
                .putString(Tag.PERFORMED_PROCEDURE_STEP_STATUS, "IN PROGRESS")
                .putSequence(
                        Tag.SCHEDULED_STEP_ATTRIBUTES_SEQUENCE,
                        new DataSet().putString(Tag.STUDY_INSTANCE_UID, study.study));
        assertThat(modality.create(MPPS, uid, begun).status()).isZero();
    }

    private NormalizedResponse end(String uid, String status, List<String> instances) throws IOException {
        return modality.set(
                MPPS,
                uid,
                new DataSet()
                        .putString(Tag.PERFORMED_PROCEDURE_STEP_STATUS, status)
                        .putSequence(
                                Tag.PERFORMED_SERIES_SEQUENCE,
                                new DataSet()
                                        .putString(Tag.SERIES_INSTANCE_UID, study.series)
                                        .putSequence(
                                                Tag.REFERENCED_IMAGE_SEQUENCE,
                                                instances.stream()
                                                        .map(instance -> new DataSet()
                                                                .putString(Tag.REFERENCED_SOP_INSTANCE_UID, instance))
                                                        .toArray(DataSet[]::new))));
    }

    private NormalizedResponse notify(String uid, String availability, List<String> instances) throws IOException {
        return modality.create(IAN, uid, AvailabilityReportTest.notification(study.study, availability, instances));
    }

    @Test
    void aStepThatIsCompletedAfterItsImagesEndsTheQuietPeriod() throws IOException {
        begin(step);
        send(study.images);
        study.waits(database, 0);

        assertThat(end(step, "COMPLETED", study.instances()).status()).isZero();

        assertThat(index.awaitReceived(study.study, 1).instances()).isEqualTo(3);
        assertThat(index.stages(study.study)).containsOnlyOnce(STEP_ENDED);
    }

    @Test
    void aStepThatIsCompletedBeforeItsLastImageEndsItWithThat() throws IOException {
        begin(step);
        send(study.images.subList(0, 2));
        end(step, "COMPLETED", study.instances());
        study.waits(database, 0);

        send(study.images.subList(2, 3));

        assertThat(index.awaitReceived(study.study, 1).instances()).isEqualTo(3);
        assertThat(index.stages(study.study)).containsOnlyOnce(STEP_ENDED);
    }

    @Test
    void whatNobodyAnnouncedHasItsQuietPeriod() throws IOException {
        begin(step);
        send(study.images);
        end(step, "COMPLETED", study.instances());
        index.awaitReceived(study.study, 1);
        TestObject late = TestObject.image(study.study, study.series, 4, 64)
                .with(Tag.MODALITY, ServiceUnderTest.PATIENT_MODALITY);

        send(List.of(late));
        anotherStudyIsThrough();

        study.waits(database, 1);
    }

    @Test
    void aStepThatIsNotCompletedEndsNothing() throws IOException {
        for (String status : List.of("IN PROGRESS", "DISCONTINUED")) {
            String uid = Uid.random();
            begin(uid);
            end(uid, status, study.instances());
        }
        send(study.images);
        anotherStudyIsThrough();

        study.waits(database, 0);
    }

    @Test
    void aStepThatIsInProgressHoldsAnother() throws IOException {
        String other = Uid.random();
        begin(other);
        begin(step);
        send(study.images);
        end(step, "COMPLETED", study.instances());
        anotherStudyIsThrough();
        study.waits(database, 0);

        end(other, "DISCONTINUED", List.of());

        assertThat(index.awaitReceived(study.study, 1).instances()).isEqualTo(3);
    }

    @Test
    void aStepThatDoesNotNameItsInstancesEndsNothing() throws IOException {
        begin(step);
        send(study.images);
        end(step, "COMPLETED", List.of(""));
        anotherStudyIsThrough();

        study.waits(database, 0);
        String tooMany = Uid.random();
        begin(tooMany);
        assertThat(end(tooMany, "COMPLETED", Collections.nCopies(1, "Doe^Jane")).status())
                .isEqualTo(Status.INVALID_ATTRIBUTE_VALUE);
    }

    @Test
    void aNotificationOfInstancesThatAreHereEndsTheQuietPeriod() throws IOException {
        send(study.images);
        String notification = Uid.random();

        assertThat(notify(notification, "ONLINE", study.instances()).status()).isZero();

        assertThat(index.awaitReceived(study.study, 1).instances()).isEqualTo(3);
        assertThat(index.stages(study.study))
                .containsOnlyOnce(
                        "RECEIVING quiet period ended early: notified of 3 instances ONLINE, and they are here");
        assertThat(notify(notification, "ONLINE", study.instances()))
                .isEqualTo(new NormalizedResponse(
                        Status.DUPLICATE_SOP_INSTANCE, "the notification is there already", notification, null));
    }

    @Test
    void aNotificationBeforeItsInstancesWaitsForThem() throws IOException {
        notify("", "ONLINE", study.instances());
        send(study.images.subList(0, 2));
        anotherStudyIsThrough();
        study.waits(database, 0);

        send(study.images.subList(2, 3));

        assertThat(index.awaitReceived(study.study, 1).instances()).isEqualTo(3);
    }

    @Test
    void instancesThatAreNotOnlineEndNothing() throws IOException {
        send(study.images);
        notify(Uid.random(), "NEARLINE", study.instances());
        anotherStudyIsThrough();

        study.waits(database, 0);
    }

    @Test
    void aNotificationThatCannotBeReadIsRefused() throws IOException {
        NormalizedResponse refused = modality.create(IAN, Uid.random(), new DataSet().putString(Tag.MODALITY, "MR"));

        assertThat(refused.status()).isEqualTo(Status.MISSING_ATTRIBUTE);
        assertThat(refused.errorComment()).isEqualTo("(0020,000D) is missing");
        assertThat(modality.set(IAN, Uid.random(), new DataSet()).status()).isEqualTo(Status.UNRECOGNIZED_OPERATION);
    }

    @Test
    void whatWasAnnouncedIsForgottenAfterAWhile() throws IOException {
        String notification = Uid.random();
        notify(notification, "ONLINE", study.instances());
        String told = "update announcements set told_at = now() - interval '8 days' where sop_instance_uid = ?"
                + " returning state";
        assertThat(Rows.of(database, told, notification)).containsExactly("WAITING");

        assertThat(announcements.purge(7 * 86_400, 100)).isPositive();

        assertThat(Rows.of(database, "select state from announcements where sop_instance_uid = ?", notification))
                .isEmpty();
    }

    @Inject
    Announcements announcements;

    /** Whatever was announced before was looked at when a later announcement has had its effect. */
    private void anotherStudyIsThrough() throws IOException {
        Waiting other = new Waiting();
        send(other.images);
        assertThat(modality.create(
                                IAN,
                                Uid.random(),
                                AvailabilityReportTest.notification(other.study, "ONLINE", other.instances()))
                        .status())
                .isZero();
        index.awaitReceived(other.study, 1);
    }
}
