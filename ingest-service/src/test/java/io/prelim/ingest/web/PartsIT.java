package io.prelim.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.index.PartIndex;
import io.prelim.ingest.index.PartNumbers;
import io.prelim.ingest.index.PartRow;
import io.prelim.store.Content;
import io.prelim.store.Location;
import io.prelim.store.NewPart;
import io.prelim.store.SegmentLog;
import io.prelim.store.Sha256;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
class PartsIT {
    /** More than one buffer and one frame of HTTP. */
    private static final byte[] PIXELS = new byte[300_001];

    static {
        new Random(1).nextBytes(PIXELS);
    }

    @Inject
    SegmentLog log;

    @Inject
    PartIndex index;

    @Test
    void aPartComesWholeWithItsDigest() throws Exception {
        UUID part = store(PartClass.PIXELS, PIXELS);

        Response response = inference().get("/internal/parts/{part}", part);

        response.then()
                .statusCode(200)
                .header("Content-Length", Integer.toString(PIXELS.length))
                .header("Content-Type", "application/octet-stream")
                .header("X-Prelim-Part-Class", "PIXELS")
                .header("X-Content-Type-Options", "nosniff")
                .header("Accept-Ranges", "bytes")
                .header(
                        "Digest",
                        "sha-256="
                                + Base64.getEncoder()
                                        .encodeToString(MessageDigest.getInstance("SHA-256")
                                                .digest(PIXELS)));
        assertThat(response.asByteArray()).isEqualTo(PIXELS);
    }

    @Test
    void aManifestIsJsonForBothClients() throws Exception {
        UUID part = store(PartClass.MANIFEST, "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        for (RequestSpecification client : new RequestSpecification[] {inference(), report()}) {
            client.get("/internal/parts/{part}", part)
                    .then()
                    .statusCode(200)
                    .contentType("application/json")
                    .header("X-Prelim-Part-Class", "MANIFEST")
                    .body(equalTo("{}"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=100000-299999, 100000, 300000",
        "bytes=300000-, 300000, 300001",
        "bytes=-5, 299996, 300001",
        "bytes=299999-999999, 299999, 300001",
        "bytes=-999999, 0, 300001"
    })
    void aRangeComesAlone(String range, int from, int to) throws Exception {
        UUID part = store(PartClass.PIXELS, PIXELS);

        Response response = inference().header("Range", range).get("/internal/parts/{part}", part);

        response.then()
                .statusCode(206)
                .header("Content-Length", Integer.toString(to - from))
                .header("Content-Range", "bytes " + from + "-" + (to - 1) + "/300001");
        assertThat(response.asByteArray()).isEqualTo(Arrays.copyOfRange(PIXELS, from, to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=300001-", "bytes=400000-400001", "bytes=-0"})
    void aRangeBeyondThePartIsRefused(String range) throws Exception {
        UUID part = store(PartClass.PIXELS, PIXELS);

        inference()
                .header("Range", range)
                .get("/internal/parts/{part}", part)
                .then()
                .statusCode(416)
                .contentType("application/problem+json")
                .header("Content-Range", "bytes */300001");
    }

    @Test
    void whatIsNoSingleRangeOrOfAnotherStateIsAnsweredWhole() throws Exception {
        UUID part = store(PartClass.PIXELS, PIXELS);

        inference()
                .header("Range", "bytes=0-1,3-4")
                .get("/internal/parts/{part}", part)
                .then()
                .statusCode(200);
        inference()
                .header("Range", "lines=1-2")
                .get("/internal/parts/{part}", part)
                .then()
                .statusCode(200);
        inference()
                .header("Range", "bytes=0-1")
                .header("If-Range", "\"other\"")
                .get("/internal/parts/{part}", part)
                .then()
                .statusCode(200);
    }

    @Test
    void whoIsNotKnownLearnsNothing() throws Exception {
        UUID part = store(PartClass.PIXELS, PIXELS);
        for (String authorization :
                new String[] {"Bearer wrong", "Bearer ", "Basic eDp5", ServiceUnderTest.REPORT_TOKEN}) {
            RestAssured.given()
                    .header("Authorization", authorization)
                    .get("/internal/parts/{part}", part)
                    .then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .header("WWW-Authenticate", "Bearer");
        }
        RestAssured.get("/internal/parts/{part}", part).then().statusCode(401);
        RestAssured.get("/internal/parts/{part}", UUID.randomUUID()).then().statusCode(401);
        RestAssured.get("/internal/parts/no-uuid").then().statusCode(401);
    }

    @Test
    void headersAreForNobody() throws Exception {
        UUID part = store(PartClass.HEADER, PIXELS);

        inference().get("/internal/parts/{part}", part).then().statusCode(403).contentType("application/problem+json");
        report().get("/internal/parts/{part}", part).then().statusCode(403);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        inference()
                .get("/internal/parts/{part}", UUID.randomUUID())
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        inference().get("/internal/parts/no-uuid").then().statusCode(400).body("parameter", equalTo("partId"));
    }

    private UUID store(PartClass partClass, byte[] bytes) throws Exception {
        Content content = Content.of(bytes);
        UUID studyKey = UUID.randomUUID();
        NewPart part = new NewPart(
                UUID.randomUUID(), studyKey, PartNumbers.of(partClass), "", "", Sha256.of(content), content);
        Location location = log.append(part).get();
        PartReference reference = new PartReference(
                part.partId(), partClass, bytes.length, part.digest().prefixed());
        QuarkusTransaction.requiringNew().run(() -> index.add(new PartRow(reference, studyKey, location)));
        return part.partId();
    }

    private static RequestSpecification inference() {
        return RestAssured.given().header("Authorization", "Bearer " + ServiceUnderTest.INFERENCE_TOKEN);
    }

    private static RequestSpecification report() {
        return RestAssured.given().header("Authorization", "bearer " + ServiceUnderTest.REPORT_TOKEN);
    }
}
