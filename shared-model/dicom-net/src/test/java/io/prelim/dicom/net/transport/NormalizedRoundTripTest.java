package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.association.Roles;
import io.prelim.dicom.net.dimse.NormalizedOperation;
import io.prelim.dicom.net.dimse.NormalizedRequest;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.dimse.NormalizedSopClass;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.object.DataSet;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Normalized services from our requestor to our acceptor. */
class NormalizedRoundTripTest {
    private static final String MPPS = Uid.MODALITY_PERFORMED_PROCEDURE_STEP;
    private static final String COMMITMENT = Uid.STORAGE_COMMITMENT_PUSH_MODEL;
    private static final String COMMITMENT_INSTANCE = Uid.STORAGE_COMMITMENT_PUSH_MODEL_INSTANCE;
    private static final String STEP = "1.2.826.0.1.3680043.9.1";

    private final MemoryProcedureSteps scp = new MemoryProcedureSteps();
    private final RecordingListener listener = new RecordingListener();
    private DicomServer server;

    @BeforeEach
    void start() throws IOException {
        server = DicomServer.start(
                ServerSettings.defaults().withAbstractSyntaxes(Set.of(MPPS, COMMITMENT)),
                AssociationPolicy.acceptAll(),
                new MemoryStore(),
                scp,
                listener);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private DicomClient connect(Roles commitmentRoles) throws IOException {
        return DicomClient.connect(
                ClientSettings.of("127.0.0.1", server.port(), "MODALITY", "PRELIM"),
                List.of(
                        PresentationContext.of(MPPS, Uid.IMPLICIT_VR_LITTLE_ENDIAN),
                        PresentationContext.of(COMMITMENT, Uid.EXPLICIT_VR_LITTLE_ENDIAN)
                                .withRoles(commitmentRoles)));
    }

    private static DataSet step(String status) {
        return new DataSet().putString(Tag.PERFORMED_PROCEDURE_STEP_STATUS, status);
    }

    @Test
    void aProcedureStepIsCreatedOnceAndSet() throws IOException {
        try (DicomClient client = connect(Roles.SCU)) {
            assertThat(client.create(MPPS, STEP, step("IN PROGRESS")))
                    .isEqualTo(new NormalizedResponse(Status.SUCCESS, null, STEP, null));
            assertThat(client.create(MPPS, STEP, step("IN PROGRESS")))
                    .isEqualTo(new NormalizedResponse(Status.DUPLICATE_SOP_INSTANCE, "there already", STEP, null));
            NormalizedResponse set = client.set(MPPS, STEP, step("COMPLETED"));
            assertThat(set.done()).isTrue();
            assertThat(set.dataSet().string(Tag.SOP_INSTANCE_UID)).isEqualTo(Uid.VERIFICATION);
            assertThat(client.set(MPPS, STEP + ".1", step("COMPLETED")).status())
                    .isEqualTo(Status.NO_SUCH_SOP_INSTANCE);
        }

        assertThat(scp.dataSets)
                .extracting(dataSet -> dataSet.string(Tag.PERFORMED_PROCEDURE_STEP_STATUS))
                .containsExactly("IN PROGRESS", "IN PROGRESS", "COMPLETED", "COMPLETED");
        NormalizedRequest first = scp.requests.get(0);
        assertThat(first.operation()).isEqualTo(NormalizedOperation.N_CREATE);
        assertThat(first.sopClass()).isEqualTo(NormalizedSopClass.MODALITY_PERFORMED_PROCEDURE_STEP);
        assertThat(first.sopInstanceUid()).isEqualTo(STEP);
        assertThat(first.association().callingAeTitle()).isEqualTo("MODALITY");
        assertThat(first.association().remoteAddress().isLoopbackAddress()).isTrue();
        assertThat(first.association()).isEqualTo(listener.accepted.get(0));
        await().untilAsserted(() -> assertThat(listener.received)
                .extracting(line -> line.substring(0, line.lastIndexOf(' ')))
                .containsExactly("N-CREATE 0000", "N-CREATE 0111", "N-SET 0000", "N-SET 0112"));
    }

    @Test
    void theScpNamesWhatIsLeftToIt() throws IOException {
        try (DicomClient client = connect(Roles.SCU)) {
            NormalizedResponse created = client.create(MPPS, "", step("IN PROGRESS"));

            assertThat(created.sopInstanceUid()).isEqualTo(MemoryProcedureSteps.NAMED);
            assertThat(created.done()).isTrue();
        }
    }

    @Test
    void anScpThatFailsIsAProcessingFailureAndTheAssociationGoesOn() throws IOException {
        try (DicomClient client = connect(Roles.SCU)) {
            client.create(MPPS, STEP, step("IN PROGRESS"));

            assertThat(client.set(MPPS, STEP, step("BREAK")))
                    .isEqualTo(new NormalizedResponse(Status.PROCESSING_FAILURE, "service failed", STEP, null));
            assertThat(client.set(MPPS, STEP, step("COMPLETED")).done()).isTrue();
        }
    }

    @Test
    void commitmentIsRequestedByTheScu() throws IOException {
        DataSet transaction = new DataSet().putString(Tag.TRANSACTION_UID, "1.2.3");
        try (DicomClient client = connect(Roles.SCU)) {
            assertThat(client.action(COMMITMENT, COMMITMENT_INSTANCE, 1, transaction)
                            .done())
                    .isTrue();
            assertThat(client.action(COMMITMENT, COMMITMENT_INSTANCE, 2, transaction)
                            .status())
                    .isEqualTo(Status.NO_SUCH_ACTION);
            assertThat(client.action(COMMITMENT, STEP, 1, transaction).status()).isEqualTo(Status.NO_SUCH_SOP_INSTANCE);
            assertThatThrownBy(() -> client.eventReport(COMMITMENT, COMMITMENT_INSTANCE, 1, transaction))
                    .isInstanceOf(DicomClient.NotAccepted.class);
        }

        assertThat(scp.requests).hasSize(1);
        assertThat(scp.requests.get(0).typeId()).isEqualTo(1);
        assertThat(scp.dataSets.get(0).string(Tag.TRANSACTION_UID)).isEqualTo("1.2.3");
    }

    @Test
    void eventsComeFromARequestorThatIsTheScp() throws IOException {
        DataSet result = new DataSet().putString(Tag.TRANSACTION_UID, "1.2.3");
        try (DicomClient client = connect(Roles.SCP)) {
            assertThat(client.eventReport(COMMITMENT, COMMITMENT_INSTANCE, 2, result)
                            .done())
                    .isTrue();
            assertThat(client.eventReport(COMMITMENT, COMMITMENT_INSTANCE, 3, result)
                            .status())
                    .isEqualTo(Status.NO_SUCH_EVENT_TYPE);
            assertThatThrownBy(() -> client.action(COMMITMENT, COMMITMENT_INSTANCE, 1, result))
                    .isInstanceOf(DicomClient.NotAccepted.class);
        }

        assertThat(scp.requests).hasSize(1);
        assertThat(scp.requests.get(0).operation()).isEqualTo(NormalizedOperation.N_EVENT_REPORT);
        assertThat(scp.requests.get(0).typeId()).isEqualTo(2);
    }

    @Test
    void bothRolesOnOneAssociation() throws IOException {
        DataSet transaction = new DataSet().putString(Tag.TRANSACTION_UID, "1.2.3");
        try (DicomClient client = connect(Roles.BOTH)) {
            assertThat(client.action(COMMITMENT, COMMITMENT_INSTANCE, 1, transaction)
                            .done())
                    .isTrue();
            assertThat(client.eventReport(COMMITMENT, COMMITMENT_INSTANCE, 1, transaction)
                            .done())
                    .isTrue();
        }
    }
}
