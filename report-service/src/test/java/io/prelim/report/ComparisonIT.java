package io.prelim.report;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.prelim.events.ModelReference;
import io.prelim.events.ModelRole;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A shadow model beside the active one, over what both answered. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
class ComparisonIT {
    private static final String PATH = "/api/models/{digest}/comparison";

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final String name = UUID.randomUUID().toString();
    private final ModelReference active = active("active-" + name);
    private final ModelReference shadow = Studies.model("shadow-" + name, ModelRole.SHADOW, true);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aShadowIsComparedOverTheStudiesThatBothAnswered() {
        answered(0.9, 0.8);
        answered(0.9, 0.1);
        answered(0.2, 0.1);
        Studies alone = Studies.fresh();
        service.send(alone.plan(FAR, active, shadow), alone.found(shadow, 0.4));

        await().untilAsserted(() -> given().get(PATH, shadow.modelDigest())
                .then()
                .statusCode(200)
                .body("model.deployment", is(shadow.deployment()))
                .body("studies", is(3))
                .body("against", hasSize(1))
                .body("against[0].model.role", is("ACTIVE"))
                .body("against[0].studies", is(3))
                .body("against[0].statuses.FINDINGS.FINDINGS", is(3))
                .body("against[0].findings[0].bothPresent", is(1))
                .body("against[0].findings[0].bothAbsent", is(1))
                .body("against[0].findings[0].onlyThisPresent", is(1))
                .body("against[0].findings[0].onlyOtherPresent", is(0))
                .body("against[0].latency.p50", is(9)));
        given().queryParam("limit", 1)
                .get(PATH, active.modelDigest())
                .then()
                .statusCode(200)
                .body("studies", is(1));
    }

    @Test
    void aRevisionIsComparedWithAnswersToItsOwnInput() {
        Studies study = Studies.fresh();
        Studies revised = study.revised();
        service.send(study.plan(FAR, active, shadow), study.found(shadow, 0.9));
        service.send(revised.plan(FAR, active, shadow), revised.found(active, 0.1));
        answered(0.9, 0.8);

        await().untilAsserted(() -> given().get(PATH, shadow.modelDigest())
                .then()
                .statusCode(200)
                .body("studies", is(1))
                .body("against[0].findings[0].bothPresent", is(1)));
    }

    @Test
    void aModelThatNobodyElseWasBesideIsNotFound() {
        given().get(PATH, shadow.modelDigest()).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({
        "sha256:0,days=1,digest",
        "chest-1-0-0,days=1,digest",
        "'',days=0,days",
        "'',limit=10001,limit",
        "'',since=1,query"
    })
    void whatIsNoQuestionIsRefused(String digest, String query, String parameter) {
        given().get("/api/models/" + (digest.isEmpty() ? shadow.modelDigest() : digest) + "/comparison?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("parameter", is(parameter));
    }

    private void answered(double shadowProbability, double activeProbability) {
        Studies study = Studies.fresh();
        service.send(
                study.plan(FAR, active, shadow),
                study.found(shadow, shadowProbability),
                study.found(active, activeProbability));
    }
}
