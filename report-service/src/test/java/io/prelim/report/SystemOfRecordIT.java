package io.prelim.report;

import static io.prelim.report.ServiceUnderTest.texts;
import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
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
import io.prelim.events.Code;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.events.ReportChanged;
import io.prelim.events.ReportReviewed;
import io.prelim.testkit.port.FreePort;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reports that are signed here. */
@QuarkusTest
@TestProfile(SystemOfRecordIT.Signing.class)
@QuarkusTestResource(BrokerAndDatabase.class)
class SystemOfRecordIT {
    private static final String ARCHIVE = "prelim.report.archive.records.";
    private static final ModelReference CHEST = active("chest");
    private static final ModelReference BONE = active("bone");

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final Studies study = Studies.fresh();
    private final Reader reader = new Reader(service, study, "r.meier");

    /** The installation is the system of record. */
    public static class Signing implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "prelim.report.system-of-record",
                    "true",
                    ARCHIVE + "host",
                    "127.0.0.1",
                    ARCHIVE + "port",
                    Integer.toString(FreePort.next()),
                    ARCHIVE + "called-ae",
                    "ARCHIVE",
                    ARCHIVE + "shortest-pause",
                    "PT0.05S",
                    ARCHIVE + "longest-pause",
                    "PT0.5S");
        }
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aReportIsEditedSignedAddedToCorrectedAndTakenBack() {
        Reader.drafted(service, study, study.plan(FAR, CHEST), study.found(CHEST, 0.83));
        reader.ask("claim").then().statusCode(200);
        String edited = reader.claims("IMPRESSION").get(0);
        List<Map<String, Object>> decisions = reader.accepting(edited);
        decisions.add(Map.of("id", edited, "decision", "EDIT", "text", "Pneumonia of the left lower lobe."));
        reader.ask("sign").then().statusCode(409).body("detail", containsString("review it first"));

        reader.ask("review", "sentences", decisions).then().statusCode(200).body("status", is("REVIEWED"));
        reader.ask("sign").then().statusCode(200).body("status", is("SIGNED"));
        reader.ask("review", "sentences", List.of()).then().statusCode(409);
        reader.ask("addendum", "text", "Compared with outside films.")
                .then()
                .statusCode(200)
                .body("status", is("ADDENDED"));
        reader.ask(
                        "correction",
                        "sentences",
                        List.of(Map.of("id", edited, "decision", "EDIT", "text", "Right lower lobe.")))
                .then()
                .statusCode(200)
                .body("status", is("CORRECTED"));
        JsonPath corrected = reader.report();
        reader.ask("retraction").then().statusCode(200).body("status", is("RETRACTED"));
        reader.ask("claim").then().statusCode(409);

        assertThat(texts(corrected, "IMPRESSION")).contains("Right lower lobe.");
        assertThat(texts(corrected, "IMPRESSION")).last().isEqualTo("Addendum: Compared with outside films.");
        assertThat(page(corrected.getInt("version")))
                .startsWith("=".repeat(72) + "\nREPORT ")
                .contains(
                        "corrected",
                        "Addendum: Compared with outside films.",
                        "words of reader r.meier",
                        "Reviewed     by r.meier, 20",
                        "Corrected    by r.meier, 20")
                .doesNotContain("PRELIMINARY", "not reviewed");
        int last = reader.report().getInt("version");
        JsonPath signed = RestAssured.get("/api/reports/{key}?version={v}", study.reportKey(), last - 3)
                .jsonPath();
        assertThat(signed.getString("status")).isEqualTo("SIGNED");
        assertThat(signed.getList("readers.collect { it.act + ' ' + it.by }"))
                .containsExactly("REVIEWED r.meier", "SIGNED r.meier");
        assertThat(texts(signed, "IMPRESSION")).contains("Pneumonia of the left lower lobe.");
        assertThat(reader.moves())
                .containsExactly(
                        (last - 5) + " CLAIM r.meier",
                        (last - 4) + " REVIEW r.meier",
                        (last - 3) + " SIGN r.meier",
                        (last - 2) + " ADDEND r.meier",
                        (last - 1) + " CORRECT r.meier",
                        last + " RETRACT r.meier");
        List<Integer> versions = RestAssured.get("/api/reports/{key}/versions", study.reportKey())
                .jsonPath()
                .getList("versions.version");
        assertThat(versions).isEqualTo(IntStream.rangeClosed(1, last).boxed().toList());
        await().untilAsserted(() -> assertThat(service.published(study.reportKey()))
                .extracting(ReportChanged::status)
                .endsWith(
                        ReportChanged.Status.REVIEWED,
                        ReportChanged.Status.SIGNED,
                        ReportChanged.Status.ADDENDED,
                        ReportChanged.Status.CORRECTED,
                        ReportChanged.Status.RETRACTED));
        assertThat(reader.reviews(2))
                .hasSize(2)
                .allSatisfy(review -> assertThat(review.differences())
                        .singleElement()
                        .satisfies(each -> {
                            assertThat(each.findingId()).isEqualTo(Ids.finding(study.outcomeId(CHEST), "pneumonia"));
                            assertThat(each.kind()).isEqualTo(ReportReviewed.Kind.EDITED);
                        }));
    }

    @Test
    void aRevisionAfterTheSignatureIsADiscrepancyAndSupersedesNothing() {
        Reader.drafted(service, study, study.plan(FAR, CHEST), study.found(CHEST, 0.83));
        reader.ask("claim").then().statusCode(200);
        reader.ask("review", "sentences", reader.accepting(null)).then().statusCode(200);
        reader.ask("sign").then().statusCode(200);
        List<String> signed = texts(reader.report(), "IMPRESSION");
        Studies revised = study.revised();

        service.send(revised.received(), revised.plan(FAR, CHEST), revised.found(CHEST, 0.02));

        JsonPath report = await().until(
                        () -> service.settled(revised),
                        each -> !each.getList("reading.discrepancies").isEmpty());
        assertThat(report.getString("status")).isEqualTo("SIGNED");
        assertThat(texts(report, "IMPRESSION")).isEqualTo(signed);
        assertThat(report.getString("reading.discrepancies[0].kind")).isEqualTo("PRESENCE");
        assertThat(report.getString("reading.discrepancies[0].signed.presence")).isEqualTo("PRESENT");
        assertThat(report.getString("reading.discrepancies[0].came.presence")).isEqualTo("ABSENT");
        await().untilAsserted(() -> assertThat(service.published(study.reportKey()))
                .last()
                .satisfies(change -> {
                    assertThat(change.revision()).isEqualTo(2);
                    assertThat(change.status()).isEqualTo(ReportChanged.Status.SIGNED);
                }));
        // answered by an addendum
        reader.ask("addendum", "text", "Not seen on the later images.").then().statusCode(200);
        assertThat(reader.proposals().getList("discrepancies")).isEmpty();
    }

    @Test
    void nothingIsSignedWhileProposalsWait() {
        Reader.drafted(service, study, study.plan(FAR, CHEST, BONE), study.found(CHEST, 0.83));
        reader.ask("claim").then().statusCode(200);
        reader.ask("review", "sentences", reader.accepting(null)).then().statusCode(200);
        service.send(study.found(BONE, "fracture", new Code("SCT", "125605004", "Fracture"), 0.9, 0.5));
        List<String> waiting = await().until(() -> reader.proposals().getList("proposals.id"), ids -> !ids.isEmpty());
        reader.ask("sign").then().statusCode(409).body("detail", containsString("Proposals wait"));

        reader.ask(
                        "review",
                        "proposals",
                        waiting.stream()
                                .map(id -> Map.of("id", id, "decision", "DECLINE"))
                                .toList())
                .then()
                .statusCode(200);

        reader.ask("sign").then().statusCode(200).body("status", is("SIGNED"));
        assertThat(reader.reviews(2).get(1).differences()).anySatisfy(each -> {
            assertThat(each.name()).isEqualTo("fracture");
            assertThat(each.kind()).isEqualTo(ReportReviewed.Kind.REMOVED);
        });
    }

    @Test
    void whatIsSignedIsVerifiedInTheArchiveAndWhatIsRetractedIsTakenBackThere() throws Exception {
        List<DataSet> received = new CopyOnWriteArrayList<>();
        try (DicomServer archive = DicomServer.start(
                ServerSettings.defaults()
                        .withPort(ConfigProvider.getConfig().getValue(ARCHIVE + "port", Integer.class)),
                AssociationPolicy.calledAeTitle("ARCHIVE"),
                (request, dataSet) -> {
                    DataSet object = DataSetReader.read(
                            dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, ReadLimits.DEFAULT.strict());
                    if (object.string(Tag.STUDY_INSTANCE_UID).equals(study.uid())) {
                        received.add(object);
                    }
                    return StoreResponse.SUCCESS.now();
                },
                AssociationListener.NONE)) {
            // the answer of the other model is not awaited by who signs
            Reader.drafted(service, study, study.plan(FAR, CHEST, BONE), study.found(CHEST, 0.83));
            reader.ask("claim").then().statusCode(200);
            reader.ask("review", "sentences", reader.accepting(null)).then().statusCode(200);
            reader.ask("sign").then().statusCode(200);
            reader.ask("addendum", "text", "Compared with outside films.")
                    .then()
                    .statusCode(200);
            reader.ask("correction", "sentences", List.of()).then().statusCode(200);
            reader.ask("retraction").then().statusCode(200);
            service.send(study.found(BONE, "fracture", new Code("SCT", "125605004", "Fracture"), 0.9, 0.5));
            await().untilAsserted(() ->
                    assertThat(reader.report().getBoolean("settled")).isTrue());
            int signed = reader.moves().stream()
                    .filter(move -> move.endsWith("SIGN r.meier"))
                    .map(move -> Integer.parseInt(move.split(" ")[0]))
                    .findFirst()
                    .orElseThrow();
            byte[] asked = RestAssured.given()
                    .accept("application/dicom")
                    .get("/api/reports/{key}", study.reportKey())
                    .asByteArray();

            await().untilAsserted(() -> assertThat(received)
                    .extracting(object -> object.string(Tag.SOP_INSTANCE_UID))
                    .containsExactlyElementsOf(IntStream.rangeClosed(signed, signed + 3)
                            .mapToObj(version -> Uid.of(Ids.document(study.reportKey(), version)))
                            .toList()));
            assertThat(received.subList(0, 3)).allSatisfy(document -> {
                assertThat(document.string(Tag.VERIFICATION_FLAG)).isEqualTo("VERIFIED");
                assertThat(document.string(Tag.COMPLETION_FLAG)).isEqualTo("COMPLETE");
                assertThat(document.item(Tag.VERIFYING_OBSERVER_SEQUENCE).string(Tag.VERIFYING_OBSERVER_NAME))
                        .isEqualTo("r.meier");
            });
            assertThat(referenced(received.get(2), Tag.PREDECESSOR_DOCUMENTS_SEQUENCE))
                    .containsExactly(received.get(1).string(Tag.SOP_INSTANCE_UID));
            DataSet note = received.get(3);
            assertThat(note.string(Tag.SOP_CLASS_UID)).isEqualTo(Uid.KEY_OBJECT_SELECTION_STORAGE);
            assertThat(referenced(note, Tag.CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE))
                    .containsExactlyElementsOf(received.subList(0, 3).stream()
                            .map(document -> document.string(Tag.SOP_INSTANCE_UID))
                            .toList());
            // facts that came after it made a version, which is taken back already
            DataSet later = DicomFile.read(new ByteArrayInputStream(asked), ReadLimits.DEFAULT)
                    .dataSet();
            assertThat(later.string(Tag.SOP_INSTANCE_UID)).isEqualTo(note.string(Tag.SOP_INSTANCE_UID));
        }
    }

    private static List<String> referenced(DataSet document, int sequence) {
        return document.item(sequence).items(Tag.REFERENCED_SERIES_SEQUENCE).stream()
                .flatMap(series -> series.items(Tag.REFERENCED_SOP_SEQUENCE).stream())
                .map(sop -> sop.string(Tag.REFERENCED_SOP_INSTANCE_UID))
                .toList();
    }

    private String page(int version) {
        return RestAssured.given()
                .accept("text/plain")
                .get("/api/reports/{key}?version={v}", study.reportKey(), version)
                .asString();
    }
}
