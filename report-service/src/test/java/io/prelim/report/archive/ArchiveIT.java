package io.prelim.report.archive;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationListener;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.transport.DicomServer;
import io.prelim.dicom.net.transport.ServerSettings;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetReader;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.events.Finding;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.Masks;
import io.prelim.report.ServiceUnderTest;
import io.prelim.report.Studies;
import io.prelim.report.store.DeliveryQueue;
import io.prelim.report.store.DestinationType;
import io.prelim.report.store.Digests;
import io.prelim.report.store.EvidenceStore;
import io.prelim.testkit.peers.PeerProcess;
import io.prelim.testkit.peers.Peers;
import io.prelim.testkit.port.FreePort;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports on their way to archives that answer, do not, say no, and are cut off. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
@QuarkusTestResource(value = ArchiveAddresses.class, restrictToAnnotatedClass = true)
class ArchiveIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ModelReference CHEST = active("chest");
    private static final String ARCHIVE = "ARCHIVE";

    @TempDir
    Path folder;

    @Inject
    EvidenceStore evidence;

    @Inject
    DeliveryQueue queue;

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final Studies study = Studies.fresh();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> peers = new ArrayList<>();

    private record Received(String sopInstanceUid, byte[] dataSet) {}

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable peer : peers) {
            peer.close();
        }
        service.close();
    }

    @Test
    void aSettledReportWaitsForAnArchiveThatIsDownAndArrivesOnce() throws Exception {
        settle(study);
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(archive("scripted").getString("problem")).isNotNull();
            assertThat(archive("scripted").getLong("waiting")).isPositive();
        });
        given().get("/q/health/ready").then().statusCode(200);

        listen(times -> 0);

        sentOnce("scripted", study);
        byte[] asked = given().accept("application/dicom")
                .get("/api/reports/{key}", study.reportKey())
                .asByteArray();
        Document newest = Document.of(DicomFile.read(new ByteArrayInputStream(asked), ReadLimits.DEFAULT.strict()));
        assertThat(received.get(received.size() - 1).sopInstanceUid()).isEqualTo(newest.sopInstanceUid());
        assertThat(Digests.sha256(received.get(received.size() - 1).dataSet())).isEqualTo(newest.digest());
        assertThat(archive("scripted").getString("problem")).isNull();
        assertThat(given().get("/q/metrics").asString())
                .contains("prelim_report_archive_sent_total{archive=\"scripted\",kind=\"SR\"}")
                .contains("prelim_report_archive_oldest_seconds{archive=\"scripted\"}");
    }

    @Test
    void aDraftThatStillGrowsIsNotSentAndTheNextNamesTheSettledOneBeforeIt() throws Exception {
        listen(times -> 0);
        ModelReference late = active("late");
        service.send(study.received(), study.context(), study.plan(FAR, CHEST, late), study.found(CHEST, 0.8));
        service.version(study, 1);
        service.send(study.found(late, 0.7));
        service.settled(study);
        Studies revised = study.revised();
        service.send(revised.received(), revised.plan(FAR, CHEST, late), revised.found(CHEST, 0.6));
        await().atMost(LIMIT).until(() -> service.report(study.reportKey()).getInt("revision") == 2);
        service.send(revised.found(late, 0.9));
        service.settled(revised);

        sentOnce("scripted", revised);

        JsonPath versions =
                given().get("/api/reports/{key}/versions", study.reportKey()).jsonPath();
        List<Integer> settled = versions.getList("versions.findAll { it.settled }.version");
        assertThat(settled).hasSizeLessThan(versions.getList("versions").size());
        assertThat(received)
                .extracting(Received::sopInstanceUid)
                .containsExactlyElementsOf(settled.stream()
                        .map(version -> Uid.of(Ids.document(study.reportKey(), version)))
                        .toList());
        for (int i = 1; i < received.size(); i++) {
            assertThat(read(received.get(i).dataSet())
                            .item(Tag.PREDECESSOR_DOCUMENTS_SEQUENCE)
                            .item(Tag.REFERENCED_SERIES_SEQUENCE)
                            .item(Tag.REFERENCED_SOP_SEQUENCE)
                            .string(Tag.REFERENCED_SOP_INSTANCE_UID))
                    .isEqualTo(received.get(i - 1).sopInstanceUid());
        }
    }

    @Test
    void aMaskGoesBeforeTheReportThatRefersToIt() throws Exception {
        listen(times -> 0);
        byte[] voxels = Masks.voxels(7, 5, 4);
        byte[] mask = Masks.nifti(study.uid(), "2.25.4711", 7, 5, 4, voxels);
        Finding finding = study.found(CHEST, 0.83).findings().get(0);
        PartReference part = new PartReference(
                Ids.evidence(finding.findingId()), PartClass.EVIDENCE, mask.length, Digests.sha256(mask));
        evidence.keep(part.partId(), part.digest(), "application/vnd.nifti+gzip", mask);
        service.send(
                study.received(),
                study.context(),
                study.plan(FAR, CHEST),
                study.outcome(CHEST, StudyAnalyzed.Status.FINDINGS, List.of(finding.withEvidence(part)), null));
        service.settled(study);

        sentOnce("scripted", study);

        String mentioned = null;
        for (Received each : received) {
            DataSet object = read(each.dataSet());
            if (object.string(Tag.MODALITY).equals("SEG")) {
                mentioned = each.sopInstanceUid();
                assertThat(object.integer(Tag.NUMBER_OF_FRAMES, 0)).isEqualTo(2);
            } else {
                assertThat(mentioned).isNotNull();
                assertThat(new String(each.dataSet(), StandardCharsets.ISO_8859_1))
                        .contains(mentioned);
            }
        }
        byte[] asked = given().accept("application/dicom")
                .get("/api/reports/{key}/segmentation/{finding}", study.reportKey(), finding.findingId())
                .then()
                .statusCode(200)
                .contentType("application/dicom")
                .extract()
                .asByteArray();
        String last = mentioned;
        byte[] sent = received.stream()
                .filter(each -> each.sopInstanceUid().equals(last))
                .findFirst()
                .orElseThrow()
                .dataSet();
        assertThat(Document.of(DicomFile.read(new ByteArrayInputStream(asked), ReadLimits.DEFAULT.strict()))
                        .dataSet())
                .isEqualTo(sent);
        given().get("/api/reports/{key}/segmentation/{finding}", study.reportKey(), UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @Test
    void whatTheArchiveHasNoRoomForComesAgainWithTheSameBytes() throws Exception {
        listen(times -> times < 3 ? 0xA700 : 0);
        settle(study);

        deliveries("scripted", study, "SENT");

        comesFirst(4);
    }

    @Test
    void whatIsRefusedIsShownHoldsNothingUpAndGoesAgainWhenTold() throws Exception {
        listen(times -> times == 0 ? 0x0122 : 0);
        settle(study);
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(of("scripted", study).getList("problem")).contains("status 0122"));
        assertThat(archive("scripted").getLong("refused")).isEqualTo(1);
        Studies other = Studies.fresh();
        settle(other);
        deliveries("scripted", other, "SENT");

        given().post("/api/archive/scripted/retry").then().statusCode(200).body("waiting", is(1));

        deliveries("scripted", study, "SENT");
        assertThat(archive("scripted").getLong("refused")).isZero();
        given().post("/api/archive/nobody/retry").then().statusCode(404);
        given().get("/api/reports/nonsense/deliveries").then().statusCode(400);
    }

    @Test
    void anArchiveThatKnowsUsNotIsWaitedFor() throws Exception {
        DicomServer stranger = DicomServer.start(
                ServerSettings.defaults().withPort(ArchiveAddresses.SCRIPTED),
                AssociationPolicy.calledAeTitle("OTHER"),
                (request, dataSet) -> StoreResponse.SUCCESS.now(),
                AssociationListener.NONE);
        settle(study);
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(archive("scripted").getString("problem")).isEqualTo("association rejected (1,1,7)"));
        stranger.close();

        listen(times -> 0);

        sentOnce("scripted", study);
    }

    @Test
    void anAnswerThatIsLostIsAskedForAgainWithTheSameBytes() throws Exception {
        int behind = FreePort.next();
        listen(behind, times -> 0);
        CuttingProxy proxy = new CuttingProxy(ArchiveAddresses.SCRIPTED, behind, 2);
        peers.add(proxy);
        settle(study);

        deliveries("scripted", study, "SENT");

        assertThat(proxy.left()).isZero();
        comesFirst(3);
    }

    @Test
    @org.junit.jupiter.api.Tag("full")
    void dcmtkHasAReportOnceThoughItWasDownAndItsAnswersWereLost() throws Exception {
        Path storescp = Peers.require("storescp", "dcmtk");
        settle(study);
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(archive("dcmtk").getString("problem")).isNotNull());
        Path stored = Files.createDirectory(folder.resolve("stored"));
        int behind = FreePort.next();
        peers.add(PeerProcess.start(folder, storescp, "--bit-preserving", "-aet", ARCHIVE, "-od", stored, behind)
                .awaitListening(behind));
        CuttingProxy proxy = new CuttingProxy(ArchiveAddresses.DCMTK, behind, 2);
        peers.add(proxy);

        JsonPath sent = deliveries("dcmtk", study, "SENT");

        assertThat(proxy.left()).isZero();
        List<String> instances = sent.getList("sopInstanceUid");
        List<String> digests = sent.getList("digest");
        for (int i = 0; i < instances.size(); i++) {
            List<Path> files = files(stored, instances.get(i));
            assertThat(files).hasSize(1);
            DicomFile file = DicomFile.read(Files.newInputStream(files.get(0)), ReadLimits.DEFAULT.strict());
            assertThat(Document.of(file).digest()).isEqualTo(digests.get(i));
        }
    }

    @Test
    void anArchiveIsHeldByOneSenderUntilItsClaimEnds() {
        UUID one = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        assertThat(queue.open("held", DestinationType.ARCHIVE)).isTrue();
        assertThat(queue.open("held", DestinationType.MLLP))
                .as("a name stays of its type")
                .isFalse();

        assertThat(queue.hold("held", one, Duration.ofMinutes(5))).isTrue();
        assertThat(queue.hold("held", other, Duration.ofMinutes(5))).isFalse();
        queue.release("held", other);
        assertThat(queue.hold("held", other, Duration.ofMinutes(5)))
                .as("not given back by another")
                .isFalse();
        queue.release("held", one);
        assertThat(queue.hold("held", other, Duration.ofMillis(1))).isTrue();
        await().until(() -> queue.hold("held", one, Duration.ofMinutes(5)));
        queue.unreachable("held", "SocketException", failures -> Duration.ofMinutes(1));
        queue.release("held", one);
        assertThat(queue.hold("held", other, Duration.ofMinutes(5)))
                .as("left alone")
                .isFalse();
    }

    /** The first instance came so often, with the same bytes; any other once. */
    private void comesFirst(int times) {
        Received first = received.get(0);
        assertThat(received.subList(0, times)).allSatisfy(each -> {
            assertThat(each.sopInstanceUid()).isEqualTo(first.sopInstanceUid());
            assertThat(each.dataSet()).isEqualTo(first.dataSet());
        });
        assertThat(received.subList(times - 1, received.size()))
                .extracting(Received::sopInstanceUid)
                .doesNotHaveDuplicates();
    }

    /** All that is queued for an archive is there, once, as its digest says. */
    private void sentOnce(String archive, Studies settled) {
        JsonPath sent = deliveries(archive, settled, "SENT");
        assertThat(received)
                .extracting(Received::sopInstanceUid)
                .containsExactlyElementsOf(sent.getList("sopInstanceUid"));
        assertThat(received)
                .extracting(each -> Digests.sha256(each.dataSet()))
                .containsExactlyElementsOf(sent.getList("digest"));
    }

    private static List<Path> files(Path stored, String sopInstanceUid) throws IOException {
        try (Stream<Path> list = Files.list(stored)) {
            return list.filter(each -> each.getFileName().toString().contains(sopInstanceUid))
                    .toList();
        }
    }

    private void settle(Studies settled) {
        service.send(settled.received(), settled.context(), settled.plan(FAR, CHEST), settled.found(CHEST, 0.8));
        service.settled(settled);
    }

    private void listen(IntUnaryOperator status) throws IOException {
        listen(ArchiveAddresses.SCRIPTED, status);
    }

    /** @param status by how many came before */
    private void listen(int port, IntUnaryOperator status) throws IOException {
        peers.add(DicomServer.start(
                ServerSettings.defaults().withPort(port),
                AssociationPolicy.calledAeTitle(ARCHIVE),
                (request, dataSet) -> {
                    byte[] bytes = dataSet.readAllBytes();
                    if (!read(bytes).string(Tag.STUDY_INSTANCE_UID).equals(study.uid())) {
                        return StoreResponse.SUCCESS.now();
                    }
                    int before = received.size();
                    received.add(new Received(request.sopInstanceUid(), bytes));
                    return StoreResponse.of(status.applyAsInt(before), null).now();
                },
                AssociationListener.NONE));
    }

    private static DataSet read(byte[] dataSet) throws IOException {
        return DataSetReader.read(
                new ByteArrayInputStream(dataSet),
                TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
                ReadLimits.DEFAULT.strict());
    }

    private static JsonPath archive(String name) {
        JsonPath all =
                given().get("/api/archive").then().statusCode(200).extract().jsonPath();
        return all.setRootPath("archives.find { it.name == '" + name + "' }");
    }

    private static JsonPath of(String archive, Studies sent) {
        return given().get("/api/reports/{key}/deliveries", sent.reportKey())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .setRootPath("deliveries.findAll { it.archive == '" + archive + "' }");
    }

    /** Those to an archive, once all are in a state, the newest version among them. */
    private JsonPath deliveries(String archive, Studies sent, String state) {
        return await().atMost(LIMIT).until(() -> of(archive, sent), found -> {
            List<String> states = found.getList("state");
            List<Integer> versions = found.getList("version");
            return states.stream().allMatch(state::equals)
                    && versions.contains(service.report(sent.reportKey()).getInt("version"));
        });
    }
}
