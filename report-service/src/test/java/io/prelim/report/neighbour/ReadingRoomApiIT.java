package io.prelim.report.neighbour;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.sun.net.httpserver.HttpServer;
import io.prelim.events.Code;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.Masks;
import io.prelim.report.ServiceUnderTest;
import io.prelim.report.Studies;
import io.prelim.report.store.Digests;
import io.prelim.report.store.EvidenceStore;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the reading room's page is served, and asks for on behalf of its reader. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
@QuarkusTestResource(value = IngestPort.class, restrictToAnnotatedClass = true)
class ReadingRoomApiIT {
    private static final ModelReference CHEST = active("chest");

    @Inject
    EvidenceStore evidence;

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final Studies study = Studies.fresh();
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        URI url = URI.create(ServiceUnderTest.config("prelim.report.models.url"));
        server = HttpServer.create(new InetSocketAddress(url.getHost(), url.getPort()), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = answers.get(exchange.getRequestURI().getPath());
                exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
                if (body != null) {
                    exchange.getResponseBody().write(body);
                }
            }
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        service.close();
    }

    @Test
    void imagesAreListedWithWhatIsNeededToShowThemAndWithoutIdentity() {
        drafted(study.found(CHEST, 0.83));
        answers.put("/dicom-web/studies/" + study.uid() + "/metadata", ("""
                [{"00080018":{"vr":"UI","Value":["1.2.2"]},"0020000E":{"vr":"UI","Value":["1.2"]},
                  "00200013":{"vr":"IS","Value":[2]},"00280010":{"vr":"US","Value":[4]},"00280011":{"vr":"US","Value":[6]},
                  "00280004":{"vr":"CS","Value":["RGB"]},"00280100":{"vr":"US","Value":[8]},
                  "00280008":{"vr":"IS","Value":[3]},"7FE00010":{"vr":"OW","BulkDataURI":"x"}},
                 {"00080018":{"vr":"UI","Value":["1.2.1"]},"0020000E":{"vr":"UI","Value":["1.2"]},
                  "00100010":{"vr":"PN","Value":[{"Alphabetic":"Canary^Zebulon"}]},
                  "00200013":{"vr":"IS","Value":[1]},"00280010":{"vr":"US","Value":[4]},"00280011":{"vr":"US","Value":[6]},
                  "00280004":{"vr":"CS","Value":["MONOCHROME1"]},"00280100":{"vr":"US","Value":[16]},
                  "00280101":{"vr":"US","Value":[12]},"00280103":{"vr":"US","Value":[1]},
                  "00281050":{"vr":"DS","Value":[40,-600]},"00281051":{"vr":"DS","Value":[400,1500]},
                  "00281052":{"vr":"DS","Value":[-1024]},"00281053":{"vr":"DS","Value":[1]},
                  "00080060":{"vr":"CS","Value":["DX"]},"00185101":{"vr":"CS","Value":["PA"]},
                  "7FE00010":{"vr":"OW","BulkDataURI":"x"}},
                 {"00080018":{"vr":"UI","Value":["1.2.9"]},"00080060":{"vr":"CS","Value":["SR"]}}]
                """).getBytes(StandardCharsets.UTF_8));

        given().get("/api/reports/{key}/images", study.reportKey())
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("images.sopInstanceUid", contains("1.2.1", "1.2.2"))
                .body("images[0].grey", is(true))
                .body("images[0].inverted", is(true))
                .body("images[0].signed", is(true))
                .body("images[0].intercept", is(-1024f))
                .body("images[0].windows.width", contains(400f, 1500f))
                .body("images[0].viewPosition", is("PA"))
                .body("images[1].grey", is(false))
                .body("images[1].frames", is(3))
                .body(not(containsString("Canary")));
    }

    @Test
    void framesAreOfTheReportsStudyAlone() {
        drafted(study.found(CHEST, 0.83));
        byte[] samples = {1, 2, 3, 4, 5, 6, 7, 8};
        String frame = "/dicom-web/studies/" + study.uid() + "/series/1.2/instances/1.2.1/frames/1";
        answers.put(frame, samples);
        answers.put(frame + "/rendered", new byte[] {'p', 'n', 'g'});
        String address = "/api/reports/{key}/images/1.2/1.2.1/frames/{frame}";

        assertThat(given().accept("application/octet-stream")
                        .get(address, study.reportKey(), 1)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray())
                .isEqualTo(samples);
        assertThat(given().accept("image/png")
                        .get(address, study.reportKey(), 1)
                        .then()
                        .statusCode(200)
                        .contentType("image/png")
                        .extract()
                        .asByteArray())
                .hasSize(3);
        given().get(address, study.reportKey(), 2)
                .then()
                .statusCode(404)
                .body("detail", is("The image service has no such thing."));
        given().get(address, study.reportKey(), 0).then().statusCode(400).body("parameter", is("frame"));
        given().get("/api/reports/{key}/images/..%2F..%2Fapi/1.2.1/frames/1", study.reportKey())
                .then()
                .statusCode(400)
                .body("parameter", is("seriesInstanceUid"));
        given().get(address, UUID.randomUUID(), 1).then().statusCode(404);
    }

    @Test
    void aMaskLiesOverTheImagesItMarksPixelForPixel() throws Exception {
        byte[] voxels = Masks.voxels(7, 5, 4);
        byte[] mask = Masks.nifti(study.uid(), "1.2.3", 7, 5, 4, voxels);
        StudyAnalyzed outcome = outcome(mask, "application/vnd.nifti+gzip");
        UUID finding = outcome.findings().get(0).findingId();
        drafted(outcome);

        var overlay = given().get("/api/reports/{key}/overlays/{finding}", study.reportKey(), finding)
                .then()
                .statusCode(200)
                .body("kind", is("MASK"))
                .body("images.sopInstanceUid", contains(study.uid() + ".1.1", study.uid() + ".1.3"))
                .extract()
                .jsonPath();

        var picture = ImageIO.read(new ByteArrayInputStream(given().get(overlay.getString("images[1].href"))
                .then()
                .statusCode(200)
                .contentType("image/png")
                .extract()
                .asByteArray()));
        int marked = 0;
        for (int i = 0; i < 35; i++) {
            boolean set = voxels[2 * 35 + i] != 0;
            assertThat(picture.getRaster().getSample(i % 7, i / 7, 0)).isEqualTo(set ? 255 : 0);
            marked += set ? 1 : 0;
        }
        assertThat(overlay.getInt("images[1].pixels")).isEqualTo(marked);
        given().get("/api/reports/{key}/overlays/{finding}/1.2.3/1", study.reportKey(), finding)
                .then()
                .statusCode(404);
    }

    @Test
    void aFindingWithoutAMaskNamesItsImages() {
        StudyAnalyzed plain = study.found(CHEST, 0.83);
        drafted(plain);
        UUID finding = plain.findings().get(0).findingId();

        given().get("/api/reports/{key}/overlays/{finding}", study.reportKey(), finding)
                .then()
                .statusCode(200)
                .body("kind", is("NONE"))
                .body("images.sopInstanceUid", contains(study.uid() + ".1.1"))
                .body("images[0].href", nullValue());
        given().get("/api/reports/{key}/overlays/{finding}", study.reportKey(), UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @Test
    void aModelsCardIsThatOfItsFile() {
        answers.put(
                "/api/models/" + CHEST.modelDigest() + "/card", "{\"card\":\"CHAI\"}".getBytes(StandardCharsets.UTF_8));

        given().get("/api/models/{digest}/card", CHEST.modelDigest())
                .then()
                .statusCode(200)
                .body("card", is("CHAI"));
        given().get("/api/models/{digest}/card", "sha256:" + "0".repeat(64))
                .then()
                .statusCode(404);
        given().get("/api/models/{digest}/card", "chest").then().statusCode(400).body("parameter", is("digest"));
    }

    @Test
    void thePageRunsNothingButWhatTheServiceServes() {
        for (String address :
                List.of("/reading/", "/reading/js/app.js", "/reading/css/base.css", "/reading/texts/de.json")) {
            given().get(address)
                    .then()
                    .statusCode(200)
                    .header("Content-Security-Policy", containsString("default-src 'self'"))
                    .header("Content-Security-Policy", not(containsString("unsafe")))
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Referrer-Policy", "no-referrer");
        }
        assertThat(given().get("/reading/").asString())
                .doesNotContain("<style", "style=", "onclick", "http://", "https://")
                .doesNotContainPattern("<script(?![^>]* src=)");
    }

    private void drafted(StudyAnalyzed outcome) {
        service.send(study.received(), study.context(), study.plan(FAR, CHEST), outcome);
        service.settled(study);
    }

    private StudyAnalyzed outcome(byte[] part, String mediaType) {
        UUID id = Ids.v5("evidence", study.uid());
        evidence.keep(id, Digests.sha256(part), mediaType, part);
        return study.outcome(
                CHEST,
                StudyAnalyzed.Status.FINDINGS,
                List.of(study.finding(CHEST, "lesion", new Code("SCT", "52988006", "Lesion"), 0.9, 0.5)
                        .withEvidence(new PartReference(id, PartClass.EVIDENCE, part.length, Digests.sha256(part)))),
                null);
    }
}
