package io.prelim.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.fixture.TestStudy;
import io.prelim.ingest.ledger.Ledger;
import io.prelim.ingest.ledger.Stage;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
class StudiesIT {
    @Inject
    DataSource database;

    @Inject
    Ledger ledger;

    @Test
    void aStudyShowsItsStages() throws Exception {
        TestStudy study = TestStudy.stored(database);
        QuarkusTransaction.requiringNew().run(() -> {
            ledger.record(study.studyKey(), 0, Stage.RECEIVING, "first instance", "receive");
            ledger.record(study.studyKey(), 0, Stage.NOT_ANALYZED, "no image with pixel data", "assembly");
            ledger.record(study.studyKey(), 1, Stage.PLANNED, "chest must answer", "plan");
            ledger.record(study.studyKey(), 1, Stage.RECEIVED, "images: 2", "assembly");
            ledger.record(study.studyKey(), 1, Stage.RECEIVED, "images: 2", "assembly");
        });

        RestAssured.get("/api/studies/{key}", study.studyKey())
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("X-Content-Type-Options", "nosniff")
                .body("studyKey", equalTo(study.studyKey().toString()))
                .body("studyInstanceUid", equalTo(study.studyInstanceUid()))
                .body("stage", equalTo("PLANNED"))
                .body("revision", equalTo(1))
                .body("instances", equalTo(0))
                .body("priority", equalTo("ROUTINE"))
                .body("stages.stage", contains("RECEIVING", "NOT_ANALYZED", "RECEIVED", "PLANNED"))
                .body(
                        "stages.detail",
                        contains("first instance", "no image with pixel data", "images: 2", "chest must answer"));
        RestAssured.get("/api/studies?studyInstanceUid={uid}", study.studyInstanceUid())
                .then()
                .statusCode(200)
                .body("studies.studyKey", contains(study.studyKey().toString()))
                .body("next", nullValue());
    }

    @Test
    void aLaterRevisionShowsItsOwnStages() throws Exception {
        TestStudy study = TestStudy.stored(database);
        QuarkusTransaction.requiringNew().run(() -> {
            ledger.record(study.studyKey(), 1, Stage.DRAFTED, "report", "report");
            ledger.record(study.studyKey(), 2, Stage.RECEIVED, "images: 3", "assembly");
        });

        RestAssured.get("/api/studies/{key}", study.studyKey())
                .then()
                .statusCode(200)
                .body("revision", equalTo(2))
                .body("stage", equalTo("RECEIVED"))
                .body("stages.stage", contains("RECEIVED"));
    }

    @Test
    void pagesGoThroughAllStudiesOnceNewestFirst() throws Exception {
        List<String> stored = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            stored.add(0, TestStudy.stored(database).studyKey().toString());
        }

        List<String> listed = new ArrayList<>();
        String after = null;
        do {
            JsonPath page = (after == null
                            ? RestAssured.given()
                            : RestAssured.given().queryParam("after", after))
                    .queryParam("limit", 2)
                    .get("/api/studies")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertThat(page.getList("studies")).hasSizeLessThanOrEqualTo(2);
            listed.addAll(page.getList("studies.studyKey"));
            after = page.getString("next");
        } while (after != null);

        assertThat(listed).doesNotHaveDuplicates().containsSubsequence(stored);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/studies?limit=0, limit",
        "/api/studies?limit=501, limit",
        "/api/studies?limit=x, limit",
        "/api/studies?limit=1&limit=2, limit",
        "/api/studies?after=x, after",
        "/api/studies?after=MjAyNiBh, after",
        "/api/studies?studyInstanceUid=CANARY%5EPATIENT, studyInstanceUid",
        "/api/studies?patientName=x, query",
        "/api/studies/CANARY-4711, studyKey"
    })
    void aBadParameterIsNamedAndNotRepeated(String address, String parameter) {
        String body = RestAssured.given()
                .urlEncodingEnabled(false)
                .get(address)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", equalTo(400))
                .body("parameter", equalTo(parameter))
                .extract()
                .asString();
        assertThat(body).doesNotContain("CANARY");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/studies/00000000-0000-5000-8000-000000000000, 404",
        "GET, /api/nothing, 404",
        "POST, /api/studies, 405"
    })
    void anErrorIsAProblem(String method, String address, int status) {
        RestAssured.given()
                .request(method, address)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status));
    }
}
