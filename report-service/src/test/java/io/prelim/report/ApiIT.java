package io.prelim.report;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.prelim.events.ModelReference;
import io.prelim.events.Topics;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
class ApiIT {
    private static final ModelReference CHEST = active("chest");
    private static final List<String> CANARIES =
            List.of("Canary", "CANARY", Studies.ID, Studies.ACCESSION, Studies.BIRTH, "Cough and fever");

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final Studies study = Studies.fresh();

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void reportIsTextForThoseWhoAskForText() {
        service.send(study.received(), study.context("SYNTHETIC chest"), study.plan(FAR, CHEST));
        service.send(study.found(CHEST, 0.83));
        await().untilAsserted(() -> {
            String text = given().accept("text/plain")
                    .get("/api/reports/{key}", study.reportKey())
                    .then()
                    .statusCode(200)
                    .contentType("text/plain;charset=UTF-8")
                    .header("Cache-Control", "no-store")
                    .header("X-Content-Type-Options", "nosniff")
                    .extract()
                    .asString();
            assertThat(text)
                    .contains("DRAFT - not reviewed, settled", "SYNTHETIC IMAGES     no patient", "Canary, Zebulon")
                    .contains("Probable pneumonia.", "probability 0.8300, threshold 0.5000")
                    .contains("finding "
                            + study.found(CHEST, 0.83).findings().get(0).findingId());
        });
        given().accept("*/*")
                .get("/api/reports/{key}", study.reportKey())
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("reportKey", is(study.reportKey().toString()))
                .body("synthetic", is(true));
    }

    @Test
    void listIsPagedNewestFirst() {
        List<Studies> studies =
                IntStream.range(0, 5).mapToObj(i -> Studies.fresh()).toList();
        for (Studies each : studies) {
            service.send(each.plan(FAR, CHEST));
            service.version(each, 1);
        }
        List<String> expected = new ArrayList<>();
        for (int i = studies.size() - 1; i >= 0; i--) {
            expected.add(studies.get(i).reportKey().toString());
        }

        List<String> listed = new ArrayList<>();
        String after = null;
        do {
            var request = given().queryParam("limit", 2).queryParam("status", "DRAFT");
            var page = (after == null ? request : request.queryParam("after", after))
                    .get("/api/reports")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            listed.addAll(page.getList("reports.reportKey"));
            after = page.getString("next");
            // a report that changes between two pages stays where it is
            service.send(studies.get(0).found(CHEST, 0.8));
        } while (listed.size() < 5 && after != null);

        assertThat(listed.subList(0, 5)).isEqualTo(expected);
        given().queryParam("status", "SIGNED").get("/api/reports").then().body("reports.size()", is(0));
        given().queryParam("studyInstanceUid", studies.get(3).uid())
                .get("/api/reports")
                .then()
                .body("reports.size()", is(1))
                .body("reports[0].reportKey", is(studies.get(3).reportKey().toString()))
                .body("reports[0].settled", is(false))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/reports?limit=0, limit",
        "/api/reports?limit=501, limit",
        "/api/reports?limit=x, limit",
        "/api/reports?after=-1, after",
        "/api/reports?after=99999999999999999999, after",
        "/api/reports?status=FINAL, status",
        "/api/reports?status=UNKNOWN, status",
        "/api/reports?studyInstanceUid=1.2%27--, studyInstanceUid",
        "/api/reports?studyUid=1.2, query",
        "/api/reports?limit=1&limit=2, limit",
        "/api/reports/nonsense, reportKey",
        "/api/reports/..%2f..%2fetc, reportKey",
        "/api/reports/1-1-1-1-1/versions, reportKey",
        "/api/reports/00000000-0000-5000-8000-000000000000?version=0, version",
        "/api/reports/00000000-0000-5000-8000-000000000000?version=one, version"
    })
    void wrongParameterIsNamed(String address, String parameter) {
        given().urlEncodingEnabled(false)
                .get(address)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", is("about:blank"))
                .body("title", is("Bad Request"))
                .body("status", is(400))
                .body("parameter", is(parameter))
                .body("detail", notNullValue());
    }

    @Test
    void otherErrorsAreProblemsToo() {
        UUID nobody = UUID.randomUUID();
        given().get("/api/reports/{key}", nobody).then().statusCode(404).contentType("application/problem+json");
        given().get("/api/reports/{key}/versions", nobody)
                .then()
                .statusCode(404)
                .body("status", is(404));
        given().accept("text/plain")
                .get("/api/reports/{key}", nobody)
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        given().post("/api/reports").then().statusCode(405).contentType("application/problem+json");
        given().accept("image/png").get("/api/reports").then().statusCode(406).contentType("application/problem+json");
    }

    @Test
    void healthAndFigures() {
        service.send(study.received(), study.plan(FAR, CHEST), study.found(CHEST, 0.8));
        service.settled(study);

        for (String check : List.of("live", "ready", "started")) {
            given().get("/q/health/" + check).then().statusCode(200).body("status", is("UP"));
        }
        await().untilAsserted(() -> given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("prelim_report_versions_total{settled=\"true\",status=\"draft\"}"))
                .body(containsString("prelim_report_study_to_draft_seconds_count"))
                .body(containsString("prelim_report_stream_clients"))
                .body(containsString("prelim_report_parked"))
                .body(containsString("prelim_report_outbox_waiting")));
    }

    @Test
    void identityStaysInTheReport() {
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = collecting(logged);
        Logger.getLogger("").addHandler(handler);
        try (SseReader reader = SseReader.open(RestAssured.port, null)) {
            await().until(() -> reader.lastEventId() != null);
            service.sendRaw(
                    Topics.PATIENT_CONTEXT,
                    null,
                    study.key().toString(),
                    "{\"studyKey\":12,\"patientName\":\"Canary^Zebulon\",\"patientId\":"
                            .getBytes(StandardCharsets.UTF_8));
            service.sendRaw(
                    Topics.PATIENT_CONTEXT,
                    null,
                    study.key().toString(),
                    new String(io.prelim.events.EventJson.write(study.context()), StandardCharsets.UTF_8)
                            .replace("Cough", "\\u0000Cough")
                            .getBytes(StandardCharsets.UTF_8));
            service.send(study.received(), study.plan(FAR, CHEST), study.found(CHEST, 0.8), study.context());
            await().untilAsserted(() -> assertThat(service.report(study.reportKey()))
                    .isNotNull()
                    .satisfies(report ->
                            assertThat(report.getString("patient.name")).isEqualTo(Studies.NAME)));
            service.settled(study);
            await().untilAsserted(() -> assertThat(reader.events())
                    .anySatisfy(event -> assertThat(event.data())
                            .contains(study.reportKey().toString())
                            .contains("\"settled\":true")));
            await().untilAsserted(() ->
                    assertThat(service.published(study.reportKey())).isNotEmpty());

            assertThat(logged).anyMatch(line -> line.contains("PRELIM-REPORT-3001"));
            assertThat(logged).anyMatch(line -> line.contains(study.reportKey().toString()));
            assertThat(String.join("\n", logged)).doesNotContain(CANARIES);
            assertThat(reader.raw()).doesNotContain(CANARIES);
        } finally {
            Logger.getLogger("").removeHandler(handler);
        }
        for (ConsumerRecord<String, byte[]> each : service.consume(Topics.REPORT_CHANGED)) {
            StringBuilder all = new StringBuilder(each.key());
            each.headers()
                    .forEach(header ->
                            all.append(header.key()).append(new String(header.value(), StandardCharsets.UTF_8)));
            all.append(new String(each.value(), StandardCharsets.UTF_8));
            assertThat(all.toString()).doesNotContain(CANARIES).contains("ce_id", "io.prelim.ReportChanged.v1");
        }
        assertThat(given().get("/q/metrics").asString()).doesNotContain(CANARIES);
        assertThat(given().get("/api/reports").asString()).doesNotContain(CANARIES);
    }

    private static Handler collecting(List<String> logged) {
        Handler handler = new Handler() {
            private final SimpleFormatter formatter = new SimpleFormatter();

            @Override
            public void publish(LogRecord logRecord) {
                logged.add(formatter.format(logRecord));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(java.util.logging.Level.ALL);
        return handler;
    }
}
