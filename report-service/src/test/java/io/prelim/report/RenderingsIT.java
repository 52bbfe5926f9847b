package io.prelim.report;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.prelim.events.ModelReference;
import io.prelim.events.OrderReference;
import io.prelim.events.PatientContext;
import io.prelim.events.Phi;
import io.prelim.report.render.fhir.FhirReportTest;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A report in each form that is asked for. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
class RenderingsIT {
    private static final ModelReference CHEST = active("chest");

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final Studies study = Studies.fresh();

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void eachFormIsWhatWasAskedFor() {
        drafted();

        assertThat(FhirReportTest.errors(as("application/fhir+json").extract().asString()))
                .isEmpty();
        as("application/fhir+json")
                .contentType(startsWith("application/fhir+json"))
                .body("entry[0].resource.status", is("partial"))
                .body("entry[0].resource.id", is(study.reportKey().toString()));
        byte[] hl7 = as("application/hl7-v2")
                .contentType(startsWith("application/hl7-v2"))
                .extract()
                .asByteArray();
        assertThat(new String(hl7, StandardCharsets.UTF_8))
                .startsWith("MSH|^~\\&|PRELIM|")
                .contains("\rOBX|1|ST|113014^DICOM Study^DCM||" + study.uid());
        byte[] pdf =
                as("application/pdf").contentType("application/pdf").extract().asByteArray();
        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        String html = as("text/html")
                .contentType("text/html;charset=UTF-8")
                .header("Content-Security-Policy", startsWith("default-src 'none'; style-src 'sha256-"))
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .extract()
                .asString();
        assertThat(Jsoup.parse(html).selectFirst(".status").text()).isEqualTo("DRAFT - not reviewed");
        byte[] dicom = as("application/dicom").extract().asByteArray();
        assertThat(new String(dicom, 128, 4, StandardCharsets.US_ASCII)).isEqualTo("DICM");
        as("text/plain").body(containsString("DRAFT - not reviewed"));
        as("application/json").body("reportKey", is(study.reportKey().toString()));
        as("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8").contentType("text/html;charset=UTF-8");
        as("*/*").contentType("application/json");
    }

    @Test
    void whatIsNotAnsweredIsToldWithWhatIs() {
        drafted();

        for (String form : List.of("image/png", "application/fhir+xml", "x-application/hl7-v2+xml")) {
            String detail = given().accept(form)
                    .get("/api/reports/{key}", study.reportKey())
                    .then()
                    .statusCode(406)
                    .contentType("application/problem+json")
                    .extract()
                    .jsonPath()
                    .getString("detail");
            assertThat(detail)
                    .contains("application/json", "text/plain", "text/html", "application/pdf", "application/dicom")
                    .contains("application/fhir+json", "application/hl7-v2", "text/csv", "application/fhir+ndjson");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/fhir+json", "application/hl7-v2", "application/pdf", "text/html"})
    void whatIsNotThereIsAProblemInEveryForm(String form) {
        given().accept(form)
                .get("/api/reports/{key}", UUID.randomUUID())
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        given().accept(form)
                .queryParam("version", "x")
                .get("/api/reports/{key}", UUID.randomUUID())
                .then()
                .statusCode(400)
                .body("parameter", is("version"));
    }

    @Test
    void manyAtOnceAreAllAnswered() throws Exception {
        drafted();
        ExecutorService readers = Executors.newFixedThreadPool(8);
        try {
            Callable<Integer> read = () -> given().accept("application/pdf")
                    .get("/api/reports/{key}", study.reportKey())
                    .statusCode();
            for (var answer :
                    readers.invokeAll(IntStream.range(0, 16).mapToObj(i -> read).toList())) {
                assertThat(answer.get()).isIn(200, 503);
            }
            assertThat(read.call()).isEqualTo(200);
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void earlierStudiesOfThePatientAreShownThingByThing() {
        String patient = "H-" + UUID.randomUUID();
        Studies earlier = Studies.fresh();
        drafted(earlier, context(earlier, patient, "20250214"), 0.31);
        drafted(Studies.fresh(), context(Studies.fresh(), "other-" + patient, "20250215"), 0.99);
        drafted(study, context(study, patient, "20260301"), 0.83);

        ValidatableResponse answer = given().get("/api/reports/{key}/history", study.reportKey())
                .then()
                .statusCode(200)
                .contentType("application/json");
        JsonPath history = answer.extract().jsonPath();
        assertThat(history.getList("studies.studyDate")).containsExactly("20250214", "20260301");
        assertThat(history.getList("studies.reportKey"))
                .containsExactly(
                        earlier.reportKey().toString(), study.reportKey().toString());
        assertThat(history.getList("things")).hasSize(1);
        assertThat(history.getList("things[0].points.probability", Double.class))
                .containsExactly(0.31, 0.83);
        assertThat(history.getList("things[0].points.presence")).containsExactly("ABSENT", "PRESENT");
        assertThat(answer.extract().asString()).doesNotContain(patient, "Canary", "CANARY", Studies.BIRTH);

        Document page = Jsoup.parse(as("text/html").extract().asString());
        assertThat(page.select(".history th[scope=col]").eachText()).contains("2025-02-14", "2026-03-01");
        assertThat(page.select(".history tbody td").eachText().subList(0, 2))
                .containsExactly("absent 0.31", "present 0.83");
        assertThat(page.select(".history svg polyline").attr("points")).matches("2\\.0,[0-9.]+ 94\\.0,[0-9.]+");
        assertThat(page.select("[style]")).isEmpty();

        given().get("/api/reports/{key}/history", earlier.reportKey())
                .then()
                .statusCode(200)
                .body("studies.size()", is(1));
        given().queryParams(Map.of("patientId", patient))
                .get("/api/reports/{key}/history", study.reportKey())
                .then()
                .statusCode(400);
        given().get("/api/reports/{key}/history", UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void studiesOfOneOrderAreFoundTogether() {
        String patient = "H-" + UUID.randomUUID();
        UUID order = UUID.randomUUID();
        Studies same = Studies.fresh();
        Studies other = Studies.fresh();
        drafted(study, ordered(context(study, patient, "20260301"), order), 0.83);
        drafted(same, ordered(context(same, patient, "20260301"), UUID.randomUUID(), order), 0.83);
        drafted(other, ordered(context(other, patient, "20260301"), UUID.randomUUID()), 0.83);
        Studies stranger = Studies.fresh();
        drafted(stranger, ordered(context(stranger, "other-" + patient, "20260301"), order), 0.83);

        ValidatableResponse answer = given().get("/api/reports/{key}/same-order", study.reportKey())
                .then()
                .statusCode(200)
                .body("reports.reportKey", is(List.of(same.reportKey().toString())))
                .body("reports[0].settled", is(true));
        assertThat(answer.extract().asString()).doesNotContain(patient, "Canary", "CANARY");
        given().get("/api/reports/{key}/same-order", UUID.randomUUID()).then().statusCode(404);
    }

    /** With orders, and without an accession number. */
    private static PatientContext ordered(PatientContext context, UUID... orders) {
        return new PatientContext(
                context.studyKey(),
                context.studyInstanceUid(),
                context.revision(),
                context.patientName(),
                context.patientId(),
                context.issuer(),
                context.birthDate(),
                context.sex(),
                null,
                context.studyDate(),
                context.studyDescription(),
                context.indication(),
                context.procedure(),
                Arrays.stream(orders)
                        .map(order -> new OrderReference(order, Phi.of("P-" + order), null, null))
                        .toList());
    }

    private void drafted() {
        drafted(study, study.context(), 0.83);
    }

    private void drafted(Studies of, PatientContext context, double probability) {
        service.send(of.received(), of.plan(FAR, CHEST), of.found(CHEST, probability));
        service.settled(of);
        service.send(new PatientContext(
                of.key(),
                of.uid(),
                context.revision(),
                context.patientName(),
                context.patientId(),
                context.issuer(),
                context.birthDate(),
                context.sex(),
                context.accessionNumber(),
                context.studyDate(),
                context.studyDescription(),
                context.indication(),
                context.procedure(),
                context.orders()));
        await().untilAsserted(() -> assertThat(service.report(of.reportKey()).getString("patient.studyDate"))
                .isEqualTo(context.studyDate()));
    }

    private static PatientContext context(Studies of, String patient, String date) {
        PatientContext context = of.context();
        return new PatientContext(
                context.studyKey(),
                context.studyInstanceUid(),
                1,
                context.patientName(),
                Phi.of(patient),
                context.issuer(),
                context.birthDate(),
                context.sex(),
                context.accessionNumber(),
                date,
                context.studyDescription(),
                context.indication(),
                null,
                null);
    }

    private ValidatableResponse as(String form) {
        return given().accept(form)
                .get("/api/reports/{key}", study.reportKey())
                .then()
                .statusCode(200);
    }
}
