package io.prelim.report;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.prelim.events.EventJson;
import io.prelim.events.Finding;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.store.Digests;
import io.prelim.report.store.EvidenceStore;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Evidence on its way in, in the database, and out to a reader. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
class EvidenceIT {
    private static final ModelReference CHEST = active("chest");
    private static final String PNG = "image/png";
    private static final String NIFTI = "application/vnd.nifti+gzip";

    @Inject
    EvidenceStore store;

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Studies study = Studies.fresh();
    private final byte[] map = png(1, 5_000);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aMapIsStoredBeforeItsOutcomeAndServedBesideItsFinding() throws Exception {
        StudyAnalyzed outcome = outcome(map);
        UUID part = outcome.findings().get(0).evidence().partId();
        assertThat(put(part, PNG, map).statusCode()).isEqualTo(201);
        assertThat(put(part, PNG, map).statusCode()).as("the same again").isEqualTo(200);
        service.send(study.received(), study.plan(FAR, CHEST), outcome);

        JsonPath report = service.settled(study);

        String sentence = "sections.find { it.section == 'FINDINGS' }.sentences[0]";
        String href = report.getString(sentence + ".files[0].href");
        UUID finding = outcome.findings().get(0).findingId();
        assertThat(href)
                .isEqualTo("/api/reports/" + study.reportKey() + "/evidence/" + finding + "?version="
                        + report.getInt("version"));
        assertThat(report.getString(sentence + ".files[0].digest")).isEqualTo(Digests.sha256(map));
        assertThat(report.getString(sentence + ".evidence[0].part.partId")).isEqualTo(part.toString());
        for (String address : List.of(href, href.substring(0, href.indexOf('?')))) {
            byte[] served = given().get(address)
                    .then()
                    .statusCode(200)
                    .contentType(PNG)
                    .header("ETag", "\"" + Digests.sha256(map) + "\"")
                    .header("Content-Length", Integer.toString(map.length))
                    .header("X-Content-Type-Options", "nosniff")
                    .extract()
                    .asByteArray();
            assertThat(served).isEqualTo(map);
        }
        assertThat(given().accept("text/plain")
                        .get("/api/reports/{key}", study.reportKey())
                        .asString())
                .contains("finding " + finding);
    }

    @Test
    void aMaskOfManyMebibytesComesAndGoesWhole() throws Exception {
        byte[] mask = nifti(15 << 20);
        StudyAnalyzed outcome = outcome(mask);
        assertThat(put(outcome.findings().get(0).evidence().partId(), NIFTI, mask)
                        .statusCode())
                .isEqualTo(201);
        service.send(study.received(), study.plan(FAR, CHEST), outcome);
        service.settled(study);

        byte[] served = given().get(address(outcome))
                .then()
                .statusCode(200)
                .contentType(NIFTI)
                .extract()
                .asByteArray();

        assertThat(Arrays.equals(served, mask)).isTrue();
    }

    @Test
    void whatIsNotThereIsAProblem() {
        StudyAnalyzed outcome = outcome(map);
        service.send(study.received(), study.plan(FAR, CHEST), outcome);
        service.settled(study);
        Studies plain = Studies.fresh();
        service.send(plain.received(), plain.plan(FAR, CHEST), plain.found(CHEST, 0.8));
        service.settled(plain);
        UUID without = plain.found(CHEST, 0.8).findings().get(0).findingId();

        for (String missing : List.of(
                address(outcome),
                "/api/reports/" + plain.reportKey() + "/evidence/" + without,
                "/api/reports/" + study.reportKey() + "/evidence/" + UUID.randomUUID(),
                "/api/reports/" + UUID.randomUUID() + "/evidence/" + without,
                address(outcome) + "?version=99")) {
            given().get(missing)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("status", is(404));
        }
        given().get("/api/reports/" + study.reportKey() + "/evidence/nonsense")
                .then()
                .statusCode(400)
                .body("parameter", is("findingId"));
    }

    @Test
    void withoutTheTokenNothingIsTakenHoweverMuchIsSent() throws Exception {
        byte[] large = png(2, 8 << 20);
        for (String token :
                new String[] {null, "", "Bearer", "Bearer ", "Bearer other", "Basic ZXZpZGVuY2U=", "evidence-under-test"
                }) {
            HttpRequest.Builder request = request(UUID.randomUUID(), PNG, digest(large), large);
            if (token != null) {
                request.header("Authorization", token);
            }
            HttpResponse<String> refused = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).as(token).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
    }

    @Test
    void whatIsNoEvidenceIsRefusedAndSaysWhy() throws Exception {
        UUID part = UUID.randomUUID();
        byte[] page = "<svg onload=x>".getBytes(StandardCharsets.UTF_8);

        assertRefused(send(part, "image/svg+xml", digest(page), page), 415, "Content-Type");
        assertRefused(send(part, PNG, digest(page), page), 415, "Content-Type");
        assertRefused(send(part, NIFTI, digest(map), map), 415, "Content-Type");
        assertRefused(send(part, PNG, digest(page), map), 400, "Content-Digest");
        assertRefused(send(part, PNG, "sha-256=abc", map), 400, "Content-Digest");
        assertRefused(send(part, PNG, "sha-512=:" + "A".repeat(86) + "==:", map), 400, "Content-Digest");
        // said to be empty; the other client says no length then
        given().config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .header("Authorization", "Bearer evidence-under-test")
                .header("Content-Digest", digest(new byte[0]))
                .contentType(PNG)
                .body(new byte[0])
                .put("/internal/evidence/" + part)
                .then()
                .statusCode(400)
                .body("parameter", is("Content-Length"));
        byte[] tooLong = png(3, (16 << 20) + 1);
        assertRefused(send(part, PNG, digest(tooLong), tooLong), 413, "Content-Length");
        HttpRequest chunked = HttpRequest.newBuilder(uri(part.toString()))
                .header("Authorization", "Bearer evidence-under-test")
                .header("Content-Type", PNG)
                .header("Content-Digest", digest(map))
                .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(map)))
                .build();
        assertRefused(http.send(chunked, HttpResponse.BodyHandlers.ofString()), 411, "Content-Length");
        given().header("Authorization", "Bearer evidence-under-test")
                .put("/internal/evidence/nonsense")
                .then()
                .statusCode(400)
                .body("parameter", is("partId"));
        given().get("/internal/evidence/" + part).then().statusCode(405);
    }

    @Test
    void otherBytesOfAPartLieBesideUntilAnOutcomeSaysWhichCount() throws Exception {
        StudyAnalyzed outcome = outcome(map);
        UUID part = outcome.findings().get(0).evidence().partId();
        byte[] other = png(4, 6_000);
        assertThat(put(part, PNG, map).statusCode()).isEqualTo(201);
        assertThat(put(part, PNG, other).statusCode()).isEqualTo(201);
        service.send(study.received(), study.plan(FAR, CHEST), outcome);
        service.settled(study);

        assertThat(given().get(address(outcome)).asByteArray()).isEqualTo(map);
        assertRefused(put(part, PNG, png(5, 7_000)), 409, "Content-Digest");
        assertThat(put(part, PNG, map).statusCode()).isEqualTo(200);
    }

    @Test
    void whatNoOutcomeNamesIsSweptAndTheRestStays() throws Exception {
        StudyAnalyzed outcome = outcome(map);
        UUID named = outcome.findings().get(0).evidence().partId();
        UUID nobodys = UUID.randomUUID();
        put(named, PNG, map);
        put(nobodys, PNG, map);
        service.send(study.received(), study.plan(FAR, CHEST), outcome);
        service.settled(study);

        store.sweep(Duration.ofHours(1));
        assertThat(put(nobodys, PNG, map).statusCode()).as("still there").isEqualTo(200);

        assertThat(store.sweep(Duration.ZERO)).isPositive();
        assertThat(given().get(address(outcome)).asByteArray()).isEqualTo(map);
        assertThat(put(nobodys, PNG, map).statusCode()).as("gone before").isEqualTo(201);
    }

    @Test
    void moreThanAFewAtOnceComeAgain() throws Exception {
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
                held.add(socket);
                socket.getOutputStream()
                        .write(("PUT /internal/evidence/" + UUID.randomUUID() + " HTTP/1.1\r\nHost: localhost\r\n"
                                        + "Authorization: Bearer evidence-under-test\r\nContent-Type: image/png\r\n"
                                        + "Content-Length: 5000\r\nContent-Digest: " + digest(map) + "\r\n\r\nx")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            await().untilAsserted(() -> {
                HttpResponse<String> busy = put(UUID.randomUUID(), PNG, map);
                assertThat(busy.statusCode()).isEqualTo(503);
                assertThat(busy.headers().firstValue("Retry-After")).contains("1");
            });
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
        await().untilAsserted(() ->
                assertThat(put(UUID.randomUUID(), PNG, map).statusCode()).isEqualTo(201));
    }

    private static void assertRefused(HttpResponse<String> response, int status, String parameter) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(EventJson.mapper()
                        .readTree(response.body())
                        .path("parameter")
                        .asText())
                .isEqualTo(parameter);
    }

    private StudyAnalyzed outcome(byte[] evidence) {
        Finding finding = study.found(CHEST, 0.83).findings().get(0);
        PartReference part = new PartReference(
                Ids.evidence(finding.findingId()), PartClass.EVIDENCE, evidence.length, Digests.sha256(evidence));
        return study.outcome(CHEST, StudyAnalyzed.Status.FINDINGS, List.of(finding.withEvidence(part)), null);
    }

    private String address(StudyAnalyzed outcome) {
        return "/api/reports/" + study.reportKey() + "/evidence/"
                + outcome.findings().get(0).findingId();
    }

    private HttpResponse<String> put(UUID part, String type, byte[] body) throws Exception {
        return send(part, type, digest(body), body);
    }

    private HttpResponse<String> send(UUID part, String type, String digest, byte[] body) throws Exception {
        return http.send(
                request(part, type, digest, body)
                        .header("Authorization", "Bearer evidence-under-test")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(UUID part, String type, String digest, byte[] body) {
        return HttpRequest.newBuilder(uri(part.toString()))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", type)
                .header("Content-Digest", digest)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private static URI uri(String part) {
        return URI.create("http://127.0.0.1:" + RestAssured.port + "/internal/evidence/" + part);
    }

    private static String digest(byte[] body) {
        String hexadecimal = Digests.sha256(body).substring("sha256:".length());
        return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hexadecimal)) + ":";
    }

    /** Bytes that begin as a PNG does. */
    private static byte[] png(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        byte[] signature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
        System.arraycopy(signature, 0, bytes, 0, signature.length);
        return bytes;
    }

    /** A mask whose data do not compress. */
    private static byte[] nifti(int length) throws Exception {
        byte[] bytes = new byte[length];
        new Random(9).nextBytes(bytes);
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, 348)
                .position(344)
                .put(new byte[] {'n', '+', '1', 0});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.NO_COMPRESSION);
            }
        }) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
