package io.prelim.report.access;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static io.prelim.report.access.SignedIn.ROOT;
import static io.prelim.report.access.SignedIn.SOUTH;
import static io.prelim.report.access.SignedIn.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.prelim.access.Roles;
import io.prelim.events.ModelReference;
import io.prelim.events.PatientContext;
import io.prelim.events.Phi;
import io.prelim.report.ServiceUnderTest;
import io.prelim.report.Studies;
import io.prelim.report.web.Endpoints;
import io.prelim.report.web.Endpoints.Endpoint;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may see what, with users of a file. */
@QuarkusTest
@TestProfile(SignedIn.class)
@QuarkusTestResource(BrokerAndDatabase.class)
class AccessIT {
    private static final ModelReference CHEST = active("chest");
    private static final String STREAM = "/api/reports/stream";

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final Studies north = Studies.fresh();
    private final Studies south = Studies.fresh();

    @BeforeEach
    void everywhere() {
        RestAssured.authentication = RestAssured.preemptive().basic(ROOT, "correct horse");
    }

    @AfterEach
    void close() {
        RestAssured.authentication = RestAssured.DEFAULT_AUTH;
        service.close();
    }

    private void settle(Studies study, String site) {
        service.send(study.receivedAt(site), study.context(), study.plan(FAR, CHEST), study.found(CHEST, 0.83));
        service.settled(study);
    }

    @Test
    void everyEndpointIsForItsRolesAndItsSiteAlone() {
        settle(north, "north");
        List<String> wrong = new ArrayList<>();
        for (Endpoint endpoint : Endpoints.all()) {
            if (endpoint.path().equals(STREAM)) {
                continue;
            }
            int whole = call(endpoint, as(ROOT));
            expect(
                    wrong,
                    endpoint,
                    "nobody",
                    401,
                    call(endpoint, RestAssured.given().auth().none()));
            if (endpoint.roles() == null) {
                continue;
            }
            expect(wrong, endpoint, "a wrong password", 401, call(endpoint, as("guest", "wrong horse")));
            if (whole == 401 || whole == 403) {
                wrong.add(endpoint + " is closed to everybody");
            }
            for (String role : Roles.ALL) {
                expect(wrong, endpoint, role, endpoint.roles().contains(role) ? whole : 403, call(endpoint, as(role)));
            }
            expect(wrong, endpoint, SOUTH, endpoint.ofReport() ? 404 : whole, call(endpoint, as(SOUTH)));
        }
        assertThat(wrong).isEmpty();
    }

    private static void expect(List<String> wrong, Endpoint endpoint, String who, int expected, int status) {
        if (status != expected) {
            wrong.add(endpoint + " answers " + who + " " + status + " instead of " + expected);
        }
    }

    /** What the endpoint answers; a request that changes something is of a version there is not. */
    private int call(Endpoint endpoint, RequestSpecification request) {
        String any = UUID.randomUUID().toString();
        Map<String, String> examples = Map.ofEntries(
                Map.entry("{reportKey}", north.reportKey().toString()),
                Map.entry("{findingId}", any),
                Map.entry("{partId}", any),
                Map.entry("{id}", any),
                Map.entry("{name}", "none"),
                Map.entry("{topic}", "none"),
                Map.entry("{version}", "1"),
                Map.entry("{frame}", "1"),
                Map.entry("{seriesInstanceUid}", "1.2.3"),
                Map.entry("{sopInstanceUid}", "1.2.3.4"),
                Map.entry("{move}", "claim"),
                Map.entry("{digest}", "sha256:" + "0".repeat(64)));
        String path = endpoint.path();
        for (Map.Entry<String, String> example : examples.entrySet()) {
            path = path.replace(example.getKey(), example.getValue());
        }
        assertThat(path).as("examples of all its parameters").doesNotContain("{");
        if (!endpoint.method().equals("GET")) {
            request = endpoint.path().endsWith("/_search")
                    ? request.formParam("_count", 1)
                    : request.contentType("application/json")
                            .header("If-Match", "\"999\"")
                            .body("{}");
        }
        return request.request(endpoint.method(), path).statusCode();
    }

    @Test
    void whatIsNoEndpointAnswersNoStranger() {
        for (String path : List.of("/", "/api/none", "/q/metrics", "/q/openapi")) {
            RestAssured.given().auth().none().get(path).then().statusCode(401);
        }
        RestAssured.given().auth().none().get("/q/health/live").then().statusCode(200);
        as(Roles.SRE).get("/q/metrics").then().statusCode(200);
        as(Roles.RADIOLOGIST).get("/q/metrics").then().statusCode(403);
        RestAssured.given()
                .auth()
                .none()
                .get("/api/reports")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("Basic realm"));
    }

    @Test
    void anEndpointThatNamesNoRoleIsClosedToEverybody() {
        as(ROOT).get(Unannotated.PATH).then().statusCode(403);
    }

    @Test
    void anotherSitesPageChangesNothingByItsVisitorsPassword() {
        as(ROOT).header("Sec-Fetch-Site", "cross-site")
                .post("/api/archive/none/retry")
                .then()
                .statusCode(401);
        as(ROOT).header("Sec-Fetch-Site", "same-origin")
                .post("/api/archive/none/retry")
                .then()
                .statusCode(404);
    }

    @Test
    void listsSearchesCountsAndHistoryLeaveOutOtherSites() {
        Studies unknown = Studies.fresh();
        settle(north, "north");
        settle(south, "south");
        service.send(unknown.plan(FAR, CHEST), unknown.found(CHEST, 0.83));
        service.settled(unknown);

        assertThat(listed(Roles.RADIOLOGIST)).contains(key(north)).doesNotContain(key(south), key(unknown));
        assertThat(listed(SOUTH)).contains(key(south)).doesNotContain(key(north), key(unknown));
        assertThat(listed(ROOT)).contains(key(north), key(south), key(unknown));
        as(SOUTH)
                .get("/api/reports?studyInstanceUid=" + north.uid())
                .then()
                .statusCode(200)
                .body("reports.size()", is(0));
        for (String form : List.of("application/json", "text/csv", "application/fhir+ndjson")) {
            String found = as(SOUTH)
                    .accept(form)
                    .get("/api/findings?limit=10000")
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString();
            assertThat(found).contains(south.uid()).doesNotContain(north.uid()).doesNotContain(unknown.uid());
        }
        assertThat(as(SOUTH)
                        .get("/api/findings/counts?by=site")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getList("counts.group"))
                .containsExactly("south");
        as(SOUTH)
                .get("/api/findings/counts?by=day&site=north")
                .then()
                .statusCode(200)
                .body("counts.size()", is(0));
    }

    @Test
    void theHistoryOfAPatientLeavesOutStudiesOfOtherSites() {
        Studies earlier = Studies.fresh();
        String patient = "P-" + UUID.randomUUID();
        service.send(
                earlier.receivedAt("south"),
                of(earlier, patient, "20240101"),
                earlier.plan(FAR, CHEST),
                earlier.found(CHEST, 0.7));
        service.settled(earlier);
        service.send(
                north.receivedAt("north"),
                of(north, patient, "20260301"),
                north.plan(FAR, CHEST),
                north.found(CHEST, 0.83));
        service.settled(north);

        await().untilAsserted(() -> assertThat(history(ROOT)).contains(key(earlier)));
        assertThat(history(Roles.RADIOLOGIST)).contains(key(north)).doesNotContain(key(earlier));
    }

    private static PatientContext of(Studies study, String patient, String date) {
        return new PatientContext(
                study.key(),
                study.uid(),
                study.revision(),
                Phi.of(Studies.NAME),
                Phi.of(patient),
                "default",
                null,
                null,
                null,
                date,
                null,
                null,
                null,
                null);
    }

    private String history(String user) {
        return as(user).get("/api/reports/{key}/history", north.reportKey())
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    @Test
    void theStreamTellsChangesOfOnesSitesAndIdsGoOn() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + STREAM))
                .header("Accept", "text/event-stream")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((SOUTH + ":correct horse").getBytes(StandardCharsets.UTF_8)))
                .build();
        HttpResponse<Stream<String>> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        Thread reader = new Thread(() -> response.body().forEach(lines::add), "stream");
        reader.setDaemon(true);
        reader.start();
        await().until(() -> !lines.isEmpty());

        settle(south, "south");
        settle(north, "north");
        long last = service.report(north.reportKey()).getLong("sequence");

        await().untilAsserted(() -> assertThat(lines)
                .as("a heartbeat behind what is not told")
                .anyMatch(line -> line.equals("id:" + last) || line.equals("id: " + last)));
        assertThat(lines).anyMatch(line -> line.startsWith("data:") && line.contains(key(south)));
        assertThat(lines).noneMatch(line -> line.contains(key(north)));
        as(Roles.SRE).get(STREAM).then().statusCode(403);
        RestAssured.given().auth().none().get(STREAM).then().statusCode(401);
    }

    @Test
    void aStudyIsOfTheSiteThatItsNewestRevisionSays() {
        settle(north, "north");
        Studies moved = north.revised();
        service.send(moved.receivedAt("south"), moved.plan(FAR, CHEST), moved.found(CHEST, 0.83));
        service.settled(moved);

        as(SOUTH).get("/api/reports/{key}", north.reportKey()).then().statusCode(200);
        as(Roles.RADIOLOGIST)
                .get("/api/reports/{key}", north.reportKey())
                .then()
                .statusCode(404);
    }

    @Test
    void readersAreWhoTheySignedInAs() {
        settle(north, "north");

        claim("{\"by\": \"somebody.else\"}").then().statusCode(403);
        claim("{}").then().statusCode(200);

        as(Roles.RADIOLOGIST)
                .get("/api/reports/{key}/moves", north.reportKey())
                .then()
                .body("moves.size()", is(1))
                .body("moves[0].by", is(Roles.RADIOLOGIST));
    }

    private Response claim(String body) {
        return as(Roles.RADIOLOGIST)
                .contentType("application/json")
                .header("If-Match", "\"" + service.report(north.reportKey()).getInt("version") + "\"")
                .body(body)
                .post("/api/reports/{key}/claim", north.reportKey());
    }

    @Test
    void aChangedFileIsInForceAndABadOneIsNot() throws Exception {
        Path file = Path.of(ServiceUnderTest.config("prelim.access.users.file"));
        String users = Files.readString(file);
        try {
            Files.writeString(file, users.replace("\n" + Roles.SRE + ":", "\noperator:"));
            await().untilAsserted(
                            () -> as(Roles.SRE).get("/api/templates").then().statusCode(401));
            as("operator").get("/api/templates").then().statusCode(200);

            Files.writeString(file, "nonsense\n");
            await().pollDelay(Duration.ofMillis(300))
                    .untilAsserted(
                            () -> as("operator").get("/api/templates").then().statusCode(200));
        } finally {
            Files.writeString(file, users);
            await().untilAsserted(
                            () -> as(Roles.SRE).get("/api/templates").then().statusCode(200));
        }
    }

    private static List<String> listed(String user) {
        return as(user).get("/api/reports?limit=500")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("reports.reportKey");
    }

    private static String key(Studies study) {
        return study.reportKey().toString();
    }
}
