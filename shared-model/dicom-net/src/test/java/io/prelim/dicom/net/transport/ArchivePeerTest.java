package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.association.Roles;
import io.prelim.dicom.net.dimse.FindRequest;
import io.prelim.dicom.net.dimse.FindResponse;
import io.prelim.dicom.net.dimse.InformationModel;
import io.prelim.dicom.net.dimse.MoveRequest;
import io.prelim.dicom.net.dimse.MoveResponse;
import io.prelim.dicom.net.dimse.NormalizedRequest;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.net.dimse.StorageCommitment;
import io.prelim.dicom.net.dimse.SubOperations;
import io.prelim.dicom.object.DataSet;
import io.prelim.testkit.peers.Orthanc;
import io.prelim.testkit.peers.QueryArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DCMTK's {@code dcmqrscp} and Orthanc as archives: stored to, queried, retrieved from, and asking us for commitment. */
@org.junit.jupiter.api.Tag("full")
class ArchivePeerTest {
    private static final String COMMITMENT = Uid.STORAGE_COMMITMENT_PUSH_MODEL;

    @TempDir
    private Path folder;

    private final MemoryStore store = new MemoryStore();
    private final BlockingQueue<NormalizedRequest> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<DataSet> askedWith = new LinkedBlockingQueue<>();
    private DicomServer server;

    @BeforeEach
    void start() throws IOException {
        server = DicomServer.start(
                ServerSettings.defaults().withAbstractSyntaxes(Set.of(COMMITMENT)),
                AssociationPolicy.calledAeTitle("PRELIM"),
                store,
                this::serve,
                new RecordingListener());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private NormalizedResponse serve(NormalizedRequest request, DataSet dataSet) {
        askedWith.add(dataSet);
        asked.add(request);
        return NormalizedResponse.SUCCESS;
    }

    private static DicomClient connect(String calledAeTitle, int port) throws IOException {
        List<PresentationContext> contexts = new ArrayList<>(List.of(
                PresentationContext.of(Uid.VERIFICATION, Uid.IMPLICIT_VR_LITTLE_ENDIAN),
                PresentationContext.of(Images.SOP_CLASS, Uid.EXPLICIT_VR_LITTLE_ENDIAN)));
        for (InformationModel model : InformationModel.values()) {
            contexts.add(
                    PresentationContext.of(model.find(), Uid.EXPLICIT_VR_LITTLE_ENDIAN, Uid.IMPLICIT_VR_LITTLE_ENDIAN));
            contexts.add(
                    PresentationContext.of(model.move(), Uid.EXPLICIT_VR_LITTLE_ENDIAN, Uid.IMPLICIT_VR_LITTLE_ENDIAN));
        }
        return DicomClient.connect(ClientSettings.of("127.0.0.1", port, "PRELIM", calledAeTitle), contexts);
    }

    private static DataSet keys(String level, String study, int... wanted) {
        DataSet keys = new DataSet().putString(Tag.QUERY_RETRIEVE_LEVEL, level);
        for (int tag : wanted) {
            keys.putString(tag, "");
        }
        return study == null ? keys : keys.putString(Tag.STUDY_INSTANCE_UID, study);
    }

    private static List<String> find(DicomClient client, InformationModel model, DataSet keys, int shown)
            throws IOException {
        List<String> found = new ArrayList<>();
        FindResponse response =
                client.find(new FindRequest(model, keys, 1000), match -> found.add(match.string(shown)));
        assertThat(response.complete()).as(response.toString()).isTrue();
        return found;
    }

    /** Finds at every level, in both models where the level allows. */
    private static void findAll(DicomClient client) throws IOException {
        InformationModel root = InformationModel.STUDY_ROOT;
        assertThat(find(
                        client,
                        root,
                        keys("STUDY", null, Tag.STUDY_INSTANCE_UID, Tag.STUDY_DATE),
                        Tag.STUDY_INSTANCE_UID))
                .containsExactlyInAnyOrder(Images.study(1), Images.study(2));
        assertThat(find(
                        client,
                        root,
                        keys("SERIES", Images.study(1), Tag.SERIES_INSTANCE_UID, Tag.MODALITY),
                        Tag.SERIES_INSTANCE_UID))
                .containsExactlyInAnyOrder(Images.series(1, 1), Images.series(1, 2));
        assertThat(find(
                        client,
                        root,
                        keys("IMAGE", Images.study(1), Tag.SOP_INSTANCE_UID)
                                .putString(Tag.SERIES_INSTANCE_UID, Images.series(1, 2)),
                        Tag.SOP_INSTANCE_UID))
                .containsExactlyInAnyOrder(Images.instance(1, 2, 1), Images.instance(1, 2, 2));
        assertThat(find(client, InformationModel.PATIENT_ROOT, keys("PATIENT", null, Tag.PATIENT_ID), Tag.PATIENT_ID))
                .containsExactlyInAnyOrder("S1", "S2");
        assertThat(find(client, root, keys("STUDY", "1.2.3"), Tag.STUDY_INSTANCE_UID))
                .isEmpty();
    }

    private void retrieve(DicomClient client) throws IOException {
        List<SubOperations> progress = new ArrayList<>();

        MoveResponse moved = client.move(
                new MoveRequest(InformationModel.STUDY_ROOT, keys("STUDY", Images.study(1)), "PRELIM"), progress::add);

        assertThat(moved.status()).as(moved.toString()).isZero();
        assertThat(moved.counts().completed()).isEqualTo(5);
        assertThat(moved.counts().failed()).isZero();
        assertThat(moved.failedSopInstances()).isEmpty();
        assertThat(store.objects).hasSize(5).containsKeys(Images.instance(1, 1, 1), Images.instance(1, 2, 2));
    }

    @Test
    void dcmqrscp() throws IOException {
        try (QueryArchive archive = QueryArchive.start(folder, "PRELIM", server.port())) {
            try (DicomClient client = connect(QueryArchive.AE_TITLE, archive.port())) {
                assertThat(client.echo()).isZero();
                Images.storeTwoStudies(client);
            }
            try (DicomClient client = connect(QueryArchive.AE_TITLE, archive.port())) {
                findAll(client);
                // it does not count, and leaves the key out of its answer
                assertThat(find(
                                client,
                                InformationModel.STUDY_ROOT,
                                keys("STUDY", Images.study(1), Tag.NUMBER_OF_STUDY_RELATED_INSTANCES),
                                Tag.NUMBER_OF_STUDY_RELATED_INSTANCES))
                        .containsExactly((String) null);
                retrieve(client);
                MoveResponse nowhere = client.move(
                        new MoveRequest(InformationModel.STUDY_ROOT, keys("STUDY", Images.study(1)), "NOWHERE"),
                        counts -> true);
                assertThat(nowhere.status()).isEqualTo(0xA801);
            }
        }
    }

    @Test
    void orthanc() throws IOException {
        try (Orthanc orthanc = Orthanc.start(folder)) {
            orthanc.knows("prelim", "PRELIM", server.port());
            try (DicomClient client = connect(Orthanc.AE_TITLE, orthanc.dicomPort())) {
                assertThat(client.echo()).isZero();
                Images.storeTwoStudies(client);
                assertThat(client.find(
                                new FindRequest(
                                        InformationModel.STUDY_ROOT, keys("STUDY", null, Tag.STUDY_INSTANCE_UID), 1),
                                match -> true))
                        .matches(response -> response.matches() == 1 && response.cancelled());
                findAll(client);
                assertThat(find(
                                client,
                                InformationModel.STUDY_ROOT,
                                keys("STUDY", Images.study(1), Tag.NUMBER_OF_STUDY_RELATED_INSTANCES),
                                Tag.NUMBER_OF_STUDY_RELATED_INSTANCES))
                        .containsExactly("5");
                retrieve(client);
            }
            assertThat(orthanc.get("/instances")).contains("\"").containsPattern("(\"[0-9a-f-]{44}\"[^\"]*){6}");
        }
    }

    @Test
    void orthancRequestsCommitment() throws Exception {
        StorageCommitment.Instance kept = new StorageCommitment.Instance(Images.SOP_CLASS, Images.instance(1, 1, 1));
        StorageCommitment.Instance lost = new StorageCommitment.Instance(Images.SOP_CLASS, Images.instance(1, 1, 2));
        try (Orthanc orthanc = Orthanc.start(folder)) {
            orthanc.knows("prelim", "PRELIM", server.port());

            orthanc.post("/modalities/prelim/storage-commitment", """
                    {"DicomInstances": [["%s", "%s"], ["%s", "%s"]]}""".formatted(
                            kept.sopClassUid(), kept.sopInstanceUid(), lost.sopClassUid(), lost.sopInstanceUid()));

            NormalizedRequest action = asked.poll(20, TimeUnit.SECONDS);
            assertThat(action).as(orthanc.output()).isNotNull();
            assertThat(action.association().callingAeTitle()).isEqualTo(Orthanc.AE_TITLE);
            StorageCommitment.Request request = StorageCommitment.Request.of(askedWith.take());
            assertThat(request.instances()).containsExactly(kept, lost);
            String report = "/storage-commitment/" + request.transactionUid();
            assertThat(orthanc.get(report)).contains("Pending");

            StorageCommitment.Result result = new StorageCommitment.Result(
                    request.transactionUid(),
                    List.of(kept),
                    List.of(new StorageCommitment.Failure(lost, StorageCommitment.NO_SUCH_OBJECT_INSTANCE)));
            try (DicomClient client = DicomClient.connect(
                    ClientSettings.of("127.0.0.1", orthanc.dicomPort(), "PRELIM", Orthanc.AE_TITLE),
                    List.of(PresentationContext.of(COMMITMENT, Uid.IMPLICIT_VR_LITTLE_ENDIAN)
                            .withRoles(Roles.SCP)))) {
                NormalizedResponse told = client.eventReport(
                        COMMITMENT, Uid.STORAGE_COMMITMENT_PUSH_MODEL_INSTANCE, result.eventTypeId(), result.dataSet());
                assertThat(told.status()).isEqualTo(Status.SUCCESS);
            }

            assertThat(orthanc.get(report))
                    .contains("\"Status\" : \"Failure\"", kept.sopInstanceUid(), lost.sopInstanceUid())
                    .contains("\"FailureReason\" : 274"); // 0112
        }
    }
}
