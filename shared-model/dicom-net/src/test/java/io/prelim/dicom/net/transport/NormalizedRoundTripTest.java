package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.association.Roles;
import io.prelim.dicom.net.dimse.Command;
import io.prelim.dicom.net.dimse.NormalizedOperation;
import io.prelim.dicom.net.dimse.NormalizedRequest;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.dimse.NormalizedSopClass;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.net.dimse.StorageCommitment;
import io.prelim.dicom.object.DataSet;
import io.prelim.testkit.dimse.ScriptedPeer;
import io.prelim.testkit.dimse.Units;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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
    void anErrorIdReachesTheScu() throws IOException {
        try (DicomClient client = connect(Roles.SCU)) {
            client.create(MPPS, STEP, step("IN PROGRESS"));

            assertThat(client.set(MPPS, STEP, step("LATE")))
                    .isEqualTo(new NormalizedResponse(Status.PROCESSING_FAILURE, null, STEP, null, 0xA710));
        }
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

    /** A study of many slices is committed to at once. */
    @Test
    void commitmentOfTensOfThousandsOfInstances() throws Exception {
        List<StorageCommitment.Instance> instances = IntStream.range(0, 50_000)
                .mapToObj(number -> new StorageCommitment.Instance(Uid.CT_IMAGE_STORAGE, STEP + "." + number))
                .toList();
        StorageCommitment.Request request = new StorageCommitment.Request("1.2.3", instances);

        try (DicomClient client = connect(Roles.SCU)) {
            assertThat(client.action(COMMITMENT, COMMITMENT_INSTANCE, StorageCommitment.REQUEST, request.dataSet())
                            .status())
                    .isZero();
        }

        assertThat(StorageCommitment.Request.of(scp.dataSets.get(0))).isEqualTo(request);
    }

    /** What is answered on the wire, and that what else is negotiated passes over. */
    @Test
    void roleSelectionAmongOtherNegotiation() throws IOException {
        HexFormat hex = HexFormat.of();
        byte[] uid = COMMITMENT.getBytes(StandardCharsets.US_ASCII);
        byte[] userItems = hex.parseHex(String.join(
                "",
                hex.formatHex(Units.roles(COMMITMENT, 0, 1)),
                hex.formatHex(Units.roles(MPPS, 1, 1)),
                "5600" + "0018" + "0014" + hex.formatHex(uid) + "0101", // SOP class extended negotiation
                "5700" + "001c" + "0014" + hex.formatHex(uid) + "0002" + "312e" + "0000", // common extended
                "5800" + "0008" + "01" + "01" + "0002" + "6162" + "0000")); // user identity that asks for an answer
        try (ScriptedPeer peer = ScriptedPeer.connect(server.port())) {
            peer.send(Units.associateRqWith(
                    userItems,
                    "PRELIM",
                    "ARCHIVE",
                    0,
                    Units.context(1, COMMITMENT, Uid.IMPLICIT_VR_LITTLE_ENDIAN),
                    Units.context(3, MPPS, Uid.IMPLICIT_VR_LITTLE_ENDIAN)));

            byte[] accept = peer.receiveUnit();

            assertThat(accept[0]).isEqualTo((byte) 2);
            // both selections answered, MPPS without the role of an SCP, and nothing after them: no 59H
            assertThat(hex.formatHex(accept))
                    .endsWith(hex.formatHex(Units.roles(COMMITMENT, 0, 1)) + hex.formatHex(Units.roles(MPPS, 1, 0)));
            peer.send(Units.data(
                    1,
                    true,
                    true,
                    Command.normalizedRequest(
                                    7, NormalizedOperation.N_EVENT_REPORT, COMMITMENT, COMMITMENT_INSTANCE, 1, true)
                            .encode()));
            peer.send(Units.data(1, false, true, hex.parseHex("08009511" + "04000000" + "312e3900")));
            assertThat(Units.status(peer.receiveUnit())).isZero();
            peer.send(Units.RELEASE_RQ).expect(Units.RELEASE_RP);
        }
    }
}
