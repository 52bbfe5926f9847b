package io.prelim.report.access;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static io.prelim.report.access.SignedIn.ROOT;
import static io.prelim.report.access.SignedIn.SOUTH;
import static io.prelim.report.access.SignedIn.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.prelim.access.Roles;
import io.prelim.events.ModelReference;
import io.prelim.report.ServiceUnderTest;
import io.prelim.report.Studies;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Worklist, FHIR, sessions and the page keep to roles and sites, as everything does. */
@QuarkusTest
@TestProfile(SignedIn.class)
@QuarkusTestResource(BrokerAndDatabase.class)
class SitesOfOthersIT {
    private static final ModelReference CHEST = active("chest");

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final Studies north = Studies.fresh();
    private final Studies south = Studies.fresh();

    @BeforeEach
    void everywhere() {
        RestAssured.authentication = RestAssured.preemptive().basic(ROOT, "correct horse");
        for (Studies each : List.of(north, south)) {
            service.send(
                    each.receivedAt(each == north ? "north" : "south"),
                    each.context(),
                    each.plan(FAR, CHEST),
                    each.found(CHEST, 0.83));
            service.settled(each);
        }
    }

    @AfterEach
    void close() {
        RestAssured.authentication = RestAssured.DEFAULT_AUTH;
        service.close();
    }

    @Test
    void theWorklistHasTheReportsOfTheReadersSites() {
        assertThat(waiting(SOUTH)).contains(key(south)).doesNotContain(key(north));
        assertThat(waiting(Roles.RADIOLOGIST)).contains(key(north)).doesNotContain(key(south));
        assertThat(waiting(ROOT)).contains(key(north), key(south));
    }

    private static List<String> waiting(String user) {
        return as(user).get("/api/worklist?limit=500")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("reports.reportKey");
    }

    @Test
    void fhirKnowsNoReportOfAnotherSite() {
        String ids = key(north) + "," + key(south);
        for (String user : List.of(SOUTH, Roles.RADIOLOGIST, ROOT)) {
            List<String> found = as(user).get("/fhir/DiagnosticReport?_id=" + ids)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .getList("entry.resource.id");
            assertThat(found.contains(key(north))).as(user).isEqualTo(!user.equals(SOUTH));
            assertThat(found.contains(key(south))).as(user).isEqualTo(!user.equals(Roles.RADIOLOGIST));
        }
        String finding = as(ROOT).get("/fhir/DiagnosticReport/{key}", north.reportKey())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("result[0].reference");
        for (String address : List.of(
                "DiagnosticReport/" + key(north),
                "DiagnosticReport/" + key(north) + "/_history",
                "DiagnosticReport/" + key(north) + "/_history/1",
                "ImagingStudy/" + north.key(),
                finding)) {
            as(SOUTH).get("/fhir/" + address).then().statusCode(404).body("resourceType", is("OperationOutcome"));
            as(Roles.INTEGRATION).get("/fhir/" + address).then().statusCode(200);
        }
        List<String> shown = as(ROOT).get("/api/audit?report=" + key(north) + "&actor=" + SOUTH + "&refused=true")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("entry.resource.id");
        assertThat(shown).as("refusals are recorded").hasSize(5);
    }

    @Test
    void aSessionIsOfTheSitesOfWhoMadeIt() {
        String topic = "session-" + UUID.randomUUID();
        assertThat(subscribe(SOUTH, topic).statusCode()).isEqualTo(202);

        assertThat(subscribe(Roles.RADIOLOGIST, topic).statusCode()).isEqualTo(403);
        as(Roles.RADIOLOGIST).get("/fhircast/" + topic).then().statusCode(404);
        assertThat(open(Roles.RADIOLOGIST, topic, north).statusCode()).isEqualTo(403);
        assertThat(subscribe(Roles.SRE, topic).statusCode()).isEqualTo(403);
        assertThat(subscribe(ROOT, topic).statusCode()).isEqualTo(202);

        // who made it opens what is theirs, and something that is not
        assertThat(open(SOUTH, topic, south).statusCode()).isEqualTo(202);
        await().untilAsserted(() -> assertThat(current(topic)).contains("233604007"));
        String other = "session-" + UUID.randomUUID();
        assertThat(subscribe(SOUTH, other).statusCode()).isEqualTo(202);
        assertThat(open(SOUTH, other, north).statusCode()).isEqualTo(202);
        Studies after = south.revised();
        service.send(after.receivedAt("south"), after.plan(FAR, CHEST), after.found(CHEST, 0.31));
        await().untilAsserted(() -> assertThat(current(topic)).contains("31"));
        assertThat(current(other)).doesNotContain("233604007");

        assertThat(subscribe(SOUTH, "prelim-drafts").statusCode())
                .as("the feed is of every site")
                .isEqualTo(403);
        assertThat(subscribe(ROOT, "prelim-drafts").statusCode()).isEqualTo(202);
    }

    private static Response subscribe(String user, String topic) {
        return as(user).formParam("hub.channel.type", "websocket")
                .formParam("hub.mode", "subscribe")
                .formParam("hub.topic", topic)
                .formParam("hub.events", "DiagnosticReport-open,DiagnosticReport-update")
                .post("/fhircast");
    }

    private static Response open(String user, String topic, Studies study) {
        String event = """
                {"timestamp": "2026-03-01T08:00:00Z", "id": "%s", "event": {"hub.topic": "%s", "hub.event": "DiagnosticReport-open",
                "context": [{"key": "report", "resource": {"resourceType": "DiagnosticReport", "id": "%s", "status": "unknown"}},
                {"key": "patient", "resource": {"resourceType": "Patient", "id": "p"}},
                {"key": "study", "resource": {"resourceType": "ImagingStudy", "id": "s", "status": "available",
                "subject": {"reference": "Patient/p"}}}]}}
                """.formatted(UUID.randomUUID(), topic, study.reportKey());
        return as(user).contentType("application/json").body(event).post("/fhircast");
    }

    private static String current(String topic) {
        return as(ROOT).get("/fhircast/" + topic)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    @Test
    void thePageIsForWhoSignedInAndKnowsWhoTheyAre() {
        RestAssured.given().auth().none().get("/reading/").then().statusCode(401);
        as(Roles.RADIOLOGIST).get("/reading/").then().statusCode(200);
        as(Roles.RADIOLOGIST)
                .get("/api/me")
                .then()
                .statusCode(200)
                .body("name", is(Roles.RADIOLOGIST))
                .body("roles", is(List.of(Roles.RADIOLOGIST)))
                .body("sites", is(List.of("north")));
        as(ROOT).get("/api/me").then().body("sites", is(List.of("*"))).body("next", nullValue());
    }

    private static String key(Studies study) {
        return study.reportKey().toString();
    }
}
