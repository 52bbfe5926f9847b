package io.prelim.ingest.procedure;

import static io.prelim.ingest.procedure.StepReportTest.begun;
import static io.prelim.ingest.procedure.StepReportTest.ended;
import static io.prelim.ingest.procedure.StepReportTest.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.dicom.net.transport.DicomClient;
import io.prelim.dicom.object.DataSet;
import io.prelim.events.Ids;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.fixture.Rows;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class ProcedureStepIT {
    private static final String MPPS = Uid.MODALITY_PERFORMED_PROCEDURE_STEP;

    @Inject
    DicomListener listener;

    @Inject
    DataSource database;

    @Inject
    TestIndex index;

    private final String step = Uid.random();
    private final TestObject object = TestObject.radiograph();
    private DicomClient modality;

    @BeforeEach
    void associate() throws IOException {
        modality = DicomClient.connect(
                ClientSettings.of("127.0.0.1", listener.port(), "CT1", "PRELIM"),
                List.of(PresentationContext.of(MPPS, Uid.IMPLICIT_VR_LITTLE_ENDIAN)));
    }

    @AfterEach
    void release() throws IOException {
        modality.close();
    }

    private void send(TestObject object) throws IOException {
        try (Sender sender = Sender.connect(listener.port())) {
            assertThat(sender.send(object).status()).isZero();
        }
    }

    private List<String> status() {
        return Rows.of(
                database,
                "select status || coalesce(' ended ' || (ended_at is not null), '') from procedure_steps"
                        + " where sop_instance_uid = ?",
                step);
    }

    @Test
    void aStepOfAStudyThatIsStoredIsInItsLedger() throws IOException {
        send(object);

        assertThat(modality.create(MPPS, step, begun(object.study())).status()).isZero();
        assertThat(modality.set(MPPS, step, ended("COMPLETED", series("1.5", 3, 1), series("1.6", 2, 0)))
                        .status())
                .isZero();

        assertThat(status()).containsExactly("COMPLETED ended true");
        assertThat(index.stages(object.study()))
                .contains(
                        "RECEIVING procedure step CT IN PROGRESS",
                        "RECEIVING procedure step CT COMPLETED: series: 2, instances: 6");
        RestAssured.get("/api/studies/{key}", Ids.study("default", object.study()))
                .then()
                .statusCode(200)
                .body("procedureSteps.sopInstanceUid", contains(step))
                .body("procedureSteps.status", contains("COMPLETED"))
                .body("procedureSteps.modality", contains("CT"))
                .body("procedureSteps.series", contains(2))
                .body("procedureSteps.instances", contains(6));
    }

    @Test
    void aStepOfAStudyThatComesLaterIsInItsLedger() throws IOException {
        assertThat(modality.create(MPPS, step, begun(object.study())).status()).isZero();
        assertThat(modality.set(MPPS, step, ended("DISCONTINUED", series("1.5", 1, 0)))
                        .status())
                .isZero();
        send(object);

        RestAssured.get("/api/studies?studyInstanceUid={uid}", object.study())
                .then()
                .body("studies[0].procedureSteps.status", contains("DISCONTINUED"));
        await().untilAsserted(() -> assertThat(index.stages(object.study()))
                .contains("RECEIVING procedure step CT DISCONTINUED: series: 1, instances: 1"));
    }

    @Test
    void aStudyWithoutStepsShowsNone() throws IOException {
        send(object);

        RestAssured.get("/api/studies/{key}", Ids.study("default", object.study()))
                .then()
                .body("procedureSteps", empty())
                .body("instances", equalTo(1));
    }

    @Test
    void aStepMayChangeUntilItHasEnded() throws IOException {
        modality.create(MPPS, step, begun(object.study()));
        assertThat(modality.set(MPPS, step, ended("IN PROGRESS", series("1.5", 1, 0)))
                        .status())
                .isZero();
        assertThat(status()).containsExactly("IN_PROGRESS ended false");
        assertThat(modality.set(MPPS, step, new DataSet().putString(Tag.PERFORMED_PROCEDURE_STEP_STATUS, "COMPLETED"))
                        .status())
                .isZero();

        NormalizedResponse late = modality.set(MPPS, step, ended("DISCONTINUED"));

        assertThat(late)
                .isEqualTo(new NormalizedResponse(Status.PROCESSING_FAILURE, "the step has ended", step, null, 0xA710));
        assertThat(status()).containsExactly("COMPLETED ended true");
        assertThat(Rows.of(
                        database,
                        "select series_instance_uid || ' ' || images from procedure_step_series"
                                + " where sop_instance_uid = ?",
                        step))
                .containsExactly("1.5 1");
    }

    @Test
    void aStepIsCreatedOnce() throws IOException {
        modality.create(MPPS, step, begun(object.study()));

        assertThat(modality.create(MPPS, step, begun(Uid.random())))
                .isEqualTo(
                        new NormalizedResponse(Status.DUPLICATE_SOP_INSTANCE, "the step is there already", step, null));
        assertThat(Rows.of(
                        database,
                        "select study_instance_uid from procedure_step_studies where sop_instance_uid = ?",
                        step))
                .containsExactly(object.study());
    }

    @Test
    void aStepThatIsNotKnownCannotChange() throws IOException {
        assertThat(modality.set(MPPS, step, ended("COMPLETED")).status()).isEqualTo(Status.NO_SUCH_SOP_INSTANCE);
    }

    @Test
    void aStepMustBegin() throws IOException {
        assertThat(modality.create(
                                MPPS,
                                step,
                                begun(object.study()).putString(Tag.PERFORMED_PROCEDURE_STEP_STATUS, "COMPLETED"))
                        .status())
                .isEqualTo(Status.INVALID_ATTRIBUTE_VALUE);
        assertThat(status()).isEmpty();
    }

    @Test
    void aStepWithoutANameGetsOne() throws IOException {
        NormalizedResponse created = modality.create(MPPS, "", begun(object.study()));

        assertThat(created.status()).isZero();
        assertThat(Rows.of(
                        database,
                        "select status from procedure_steps where sop_instance_uid = ?",
                        created.sopInstanceUid()))
                .containsExactly("IN_PROGRESS");
    }

    @Test
    void withoutADatabaseNothingIsKept() throws IOException {
        ServiceUnderTest.database().cut();
        try {
            assertThat(modality.create(MPPS, step, begun(object.study())).status())
                    .isEqualTo(Status.PROCESSING_FAILURE);
        } finally {
            ServiceUnderTest.database().restore();
        }
        await().untilAsserted(() -> assertThat(
                        modality.create(MPPS, step, begun(object.study())).status())
                .isZero());
    }
}
