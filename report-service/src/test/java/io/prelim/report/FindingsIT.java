package io.prelim.report;

import static io.prelim.report.Studies.FAR;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.prelim.events.Code;
import io.prelim.events.ModelReference;
import io.prelim.report.render.fhir.FhirReportTest;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions over all reports. Each test has models of its own, and asks for theirs. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
class FindingsIT {
    private static final Code PNEUMONIA = new Code("SCT", "233604007", "Pneumonia");
    private static final Code FORMULA = new Code("99TEST", "=1+1", "@SUM(A1:A9)\",\n=cmd|' /C calc'!A0");

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final ModelReference model = Studies.active("finder-" + UUID.randomUUID());

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aFindingIsFoundByEachThingThatIsSaidOfIt() {
        Studies study = drafted(0.83);
        drafted(0.12);
        String finding = study.found(model, 0.83).findings().get(0).findingId().toString();

        for (Map.Entry<String, String> asked : Map.of(
                        "presence", "present",
                        "minProbability", "0.5",
                        "code", "SCT|233604007",
                        "model", model.modelDigest(),
                        "modality", "DX",
                        "site", "default",
                        "ageBand", "65-89",
                        "sex", "M",
                        "from", "2026-01-01",
                        "to", "9998-12-31T00:00:00Z")
                .entrySet()) {
            Map<String, String> question = new HashMap<>(Map.of("model", model.id()));
            question.put(asked.getKey(), asked.getValue());
            assertThat(ids(question)).as(asked.toString()).contains(finding);
        }
        assertThat(ids(Map.of("model", model.id(), "presence", "PRESENT", "maxProbability", "1")))
                .containsExactly(finding);
        assertThat(ids(Map.of("model", model.id(), "presence", "ABSENT"))).hasSize(1);
        for (Map.Entry<String, String> other : Map.of(
                        "code", "SCT|1",
                        "minProbability", "0.9",
                        "modality", "CT",
                        "site", "elsewhere",
                        "ageBand", "0-1",
                        "sex", "F",
                        "to", "2020-01-01")
                .entrySet()) {
            assertThat(ids(Map.of("model", model.id(), other.getKey(), other.getValue())))
                    .as(other.toString())
                    .isEmpty();
        }
        assertThat(ids(Map.of("model", model.id(), "manufacturer", "ACME Imaging")))
                .contains(finding);
        assertThat(ids(Map.of("model", model.id(), "manufacturer", "ACME"))).isEmpty();
        JsonPath found = ask(Map.of("model", model.id(), "presence", "PRESENT"));
        assertThat(found.getString("findings[0].reportKey"))
                .isEqualTo(study.reportKey().toString());
        assertThat(found.getString("findings[0].studyInstanceUid")).isEqualTo(study.uid());
        assertThat(found.getDouble("findings[0].probability")).isEqualTo(0.83);
        assertThat(found.getList("findings[0].modalities")).containsExactly("DX");
        assertThat(found.getList("findings[0].manufacturers")).containsExactly("ACME Imaging");
        assertThat(found.prettify()).doesNotContain("Canary", "CANARY", Studies.ACCESSION, Studies.BIRTH);
    }

    @Test
    void onlyTheNewestVersionOfAReportCounts() {
        Studies study = drafted(0.83);
        Studies revised = study.revised();
        service.send(revised.received(), revised.plan(FAR, model), revised.found(model, 0.12));
        service.settled(revised);

        assertThat(ids(Map.of("model", model.id())))
                .containsExactly(
                        revised.found(model, 0.12).findings().get(0).findingId().toString());

        Studies empty = revised.revised();
        service.send(empty.withdrawn(), empty.plan(List.of(), List.of()));
        service.settled(empty);
        assertThat(ids(Map.of("model", model.id()))).isEmpty();
    }

    @Test
    void pagesAreWholeAndInOrder() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(drafted(0.5 + i / 100.0)
                    .found(model, 0.5)
                    .findings()
                    .get(0)
                    .findingId()
                    .toString());
        }

        List<String> paged = new ArrayList<>();
        String after = null;
        do {
            JsonPath page = after == null
                    ? ask(Map.of("model", model.id(), "limit", "2"))
                    : ask(Map.of("model", model.id(), "limit", "2", "after", after));
            paged.addAll(page.getList("findings.findingId"));
            after = page.getString("next");
        } while (after != null);

        assertThat(paged).containsExactlyInAnyOrderElementsOf(all);
        assertThat(paged).isEqualTo(ids(Map.of("model", model.id())));
    }

    @Test
    void aTableHoldsNoFormula() throws IOException {
        Studies study = Studies.fresh();
        service.send(study.received(), study.plan(FAR, model), study.found(model, "=name", FORMULA, 0.9, 0.5));
        service.settled(study);

        String table = given().accept("text/csv")
                .queryParam("model", model.id())
                .get("/api/findings")
                .then()
                .statusCode(200)
                .contentType(containsString("text/csv"))
                .extract()
                .asString();

        List<Map<String, String>> lines = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .<Map<String, String>>readValues(table)
                .readAll();
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0))
                .containsEntry("code", "'=1+1")
                .containsEntry("meaning", "'@SUM(A1:A9)\", =cmd|' /C calc'!A0")
                .containsEntry("presence", "PRESENT")
                .containsEntry("probability", "0.9")
                .containsEntry("laterality", "");
        assertThat(table.lines()).hasSize(2);
        assertThat(lines.get(0).values()).noneMatch(cell -> cell.matches("(?s)[=+@-].*"));
    }

    @Test
    void observationsNameNobody() {
        Studies study = drafted(0.83);
        drafted(0.12);

        String lines = given().accept("application/fhir+ndjson")
                .queryParam("model", model.id())
                .queryParam("limit", 1)
                .queryParam("presence", "present")
                .get("/api/findings")
                .then()
                .statusCode(200)
                .contentType(containsString("application/fhir+ndjson"))
                .extract()
                .asString();
        assertThat(lines).endsWith("\n").doesNotContain("Canary", "CANARY", Studies.ACCESSION, Studies.BIRTH);
        assertThat(lines.lines()).hasSize(1);
        assertThat(FhirReportTest.errors(lines)).isEmpty();
        JsonPath observation = JsonPath.from(lines);
        assertThat(observation.getString("id"))
                .isEqualTo(
                        study.found(model, 0.83).findings().get(0).findingId().toString());
        assertThat(observation.getString("status")).isEqualTo("preliminary");
        assertThat(observation.getString("code.coding[0].code")).isEqualTo("233604007");
        assertThat(observation.getString("valueCodeableConcept.coding[0].code")).isEqualTo("52101004");
        assertThat(observation.getDouble("component[0].valueQuantity.value")).isEqualTo(83.0);
        assertThat(observation.getString("subject")).isNull();
        assertThat(observation.getString("device.identifier.value")).isEqualTo(model.modelDigest());

        String after = given().accept("application/fhir+ndjson")
                .queryParam("model", model.id())
                .queryParam("limit", 1)
                .get("/api/findings")
                .header("Prelim-Next");
        assertThat(given().accept("application/fhir+ndjson")
                        .queryParam("model", model.id())
                        .queryParam("after", after)
                        .get("/api/findings")
                        .asString()
                        .lines())
                .hasSize(1);
    }

    @Test
    void findingsAreCounted() {
        drafted(0.8);
        drafted(0.6);
        drafted(0.1);

        for (String by :
                List.of("day", "week", "site", "modality", "manufacturer", "model", "code", "age_band", "sex")) {
            JsonPath counts = given().queryParam("model", model.id())
                    .queryParam("by", by)
                    .get("/api/findings/counts")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertThat(counts.getList("counts.findings", Integer.class).stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .as(by)
                    .isEqualTo(3);
            assertThat(counts.getInt("counts[0].present")).as(by).isEqualTo(2);
            assertThat(counts.getDouble("counts[0].meanProbability")).as(by).isBetween(0.4999, 0.5001);
        }
        given().queryParam("model", model.id())
                .queryParam("by", "code")
                .get("/api/findings/counts")
                .then()
                .body("counts[0].group", is("SCT|233604007"));
    }

    @ParameterizedTest
    @CsvSource({
        "code, pneumonia",
        "code, |1",
        "presence, maybe",
        "minProbability, 1.5",
        "maxProbability, -1",
        "from, yesterday",
        "to, 2026-02-30",
        "after, 7",
        "after, 2026-01-01T00:00:00Z_x",
        "limit, 10001",
        "site, ''",
        "order, probability"
    })
    void whatIsNotUnderstoodIsRefusedByName(String name, String value) {
        given().queryParam(name, value)
                .get("/api/findings")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(name.equals("order") ? "query" : name));
    }

    private Studies drafted(double probability) {
        Studies study = Studies.fresh();
        service.send(
                study.received(),
                study.context(),
                study.plan(FAR, model),
                study.found(model, "pneumonia", PNEUMONIA, probability, 0.5));
        service.settled(study);
        return study;
    }

    private static List<String> ids(Map<String, String> question) {
        return ask(question).getList("findings.findingId");
    }

    private static JsonPath ask(Map<String, String> question) {
        return given().queryParams(question)
                .get("/api/findings")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
