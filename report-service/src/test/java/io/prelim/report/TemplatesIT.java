package io.prelim.report;

import static io.prelim.report.ServiceUnderTest.texts;
import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.events.Code;
import io.prelim.events.ModelReference;
import io.prelim.events.OrderReference;
import io.prelim.events.PatientContext;
import io.prelim.events.Phi;
import io.prelim.events.StudyReceived;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a site decides of its reports, while the service runs. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
@QuarkusTestResource(value = TemplateFolder.class, restrictToAnnotatedClass = true)
class TemplatesIT {
    private static final ModelReference CHEST = active("chest");
    private static final ModelReference SECOND = active("second");
    private static final String CANARY = "CANARY-" + UUID.randomUUID();

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final Studies study = Studies.fresh();

    @Inject
    DataSource database;

    @AfterEach
    void close() {
        TemplateFolder.delete("own.yaml");
        TemplateFolder.delete("procedures.yaml");
        await().until(() ->
                templates().getList("templates").size() == 2 && templates().get("refused") == null);
        service.close();
    }

    @Test
    void theTemplateFollowsTheMappedProcedure() {
        TemplateFolder.write(
                "procedures.yaml",
                "schema: prelim.procedures/1\nprocedures:\n  \"99LOCAL|CXR2\": SCT^399208008^Plain chest X-ray\n");
        await().until(() -> templates().getInt("mapped") == 1);

        JsonPath report = drafted(study, new Code("99LOCAL", "CXR2", "Thorax p.a."));

        assertThat(report.getString("template.name")).isEqualTo("chest-radiograph");
        assertThat(report.getString("template.version")).isEqualTo("1.0");
        assertThat(report.getString("template.digest")).matches("sha256:[0-9a-f]{64}");
        assertThat(texts(report, "EXAMINATION")).containsExactly("Plain chest X-ray.");
        assertThat(kinds(report, "INDICATION")).containsExactly("QUOTATION");
        assertThat(kinds(report, "IMPRESSION")).containsExactly("CLAIM", "NOTICE");
        Studies other = Studies.fresh();
        assertThat(drafted(other, new Code("OTHER", "CXR2", null)).getString("template.name"))
                .isEqualTo("general");
    }

    @Test
    void codesThatNothingMapsAreListedUntilTheyAreMapped() {
        Code knee = new Code("99LOCAL", "KNEE-" + UUID.randomUUID(), "Knee of " + CANARY);
        drafted(study, knee);
        JsonPath first = RestAssured.get("/api/procedure-codes/unmapped").jsonPath();
        drafted(Studies.fresh(), knee);

        Map<String, Object> listed = unmapped(knee);

        assertThat(listed).containsEntry("scheme", "99LOCAL").containsEntry("times", 2);
        assertThat(listed.keySet()).containsExactlyInAnyOrder("scheme", "code", "times", "lastSeen");
        assertThat(first.getInt("codes.find { it.code == '" + knee.value() + "' }.times"))
                .isEqualTo(1);
        assertThat(RestAssured.get("/api/procedure-codes/unmapped").asString())
                .doesNotContain(CANARY, study.uid(), study.key().toString());
        TemplateFolder.write(
                "procedures.yaml", "schema: prelim.procedures/1\nprocedures:\n  " + knee.value() + ": SCT^1^Knee\n");
        await().untilAsserted(() -> assertThat(unmapped(knee)).isNull());
        RestAssured.given()
                .queryParam("days", "0")
                .get("/api/procedure-codes/unmapped")
                .then()
                .statusCode(400)
                .body("parameter", org.hamcrest.Matchers.is("days"));
    }

    @Test
    void aChangeIsInForceAtOnceAndABadOneLeavesTheLastGoodOne() {
        String good = own("1", "Taken at the bedside.");
        TemplateFolder.write("own.yaml", good);
        await().until(() -> versions().contains("1"));
        JsonPath before = drafted(study, null);

        TemplateFolder.write("own.yaml", good.replace("\"1\"", "\"2\"").replace("{findings}", "Heart normal."));
        await().until(() -> templates().get("refused") != null);
        JsonPath refused = templates();
        JsonPath meanwhile = drafted(Studies.fresh(), null);
        TemplateFolder.write("own.yaml", own("3", "Taken standing."));
        await().until(() -> versions().contains("3"));
        JsonPath after = drafted(Studies.fresh(), null);

        assertThat(texts(before, "TECHNIQUE")).first().isEqualTo("Taken at the bedside.");
        assertThat(kinds(before, "TECHNIQUE")).containsExactly("TEMPLATE", "DESCRIPTION");
        assertThat(refused.getString("refused.file")).isEqualTo("own.yaml");
        assertThat(refused.getInt("refused.line")).isEqualTo(11);
        assertThat(refused.getString("refused.problem")).contains("what it says comes from models alone");
        assertThat(refused.getList("templates.version")).contains("1").doesNotContain("2");
        assertThat(meanwhile.getString("template.version")).isEqualTo("1");
        assertThat(after.getString("template.version")).isEqualTo("3");
        assertThat(texts(after, "TECHNIQUE")).first().isEqualTo("Taken standing.");
        assertThat(templates().getString("refused")).isNull();
        assertThat(service.report(study.reportKey()).getString("template.version"))
                .as("what was written stays as it was written")
                .isEqualTo("1");
    }

    @Test
    void aBadTemplateLeavesTheServiceReadyAndIsSaidThere() {
        TemplateFolder.write("own.yaml", "schema: prelim.template/1\nname: own\n\tversion: x");
        await().until(() -> templates().get("refused") != null);

        JsonPath ready = RestAssured.get("/q/health/ready")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(ready.getString("checks.find { it.name == 'templates' }.status"))
                .isEqualTo("UP");
        assertThat(ready.getString("checks.find { it.name == 'templates' }.data.problem"))
                .startsWith("own.yaml:3: is no YAML");
    }

    @Test
    void anEarlierStudyOfThePatientIsCompared() {
        Studies earlier = Studies.fresh();
        Studies ofAnother = Studies.fresh();
        Studies sameIdOfAnother = Studies.fresh();
        String patient = "P-" + UUID.randomUUID();
        finished(earlier, of(earlier, patient, "issuer", "19450807", "20250214"), 0.03);
        finished(ofAnother, of(ofAnother, patient + "x", "issuer", "19450807", "20250301"), 0.9);
        finished(sameIdOfAnother, of(sameIdOfAnother, patient, "issuer", "20010101", "20250302"), 0.9);

        finished(study, of(study, patient, "issuer", "19450807", "20260301"), 0.83);

        JsonPath report = await().until(
                        () -> service.report(study.reportKey()),
                        each -> texts(each, "COMPARISON").size() > 1);
        assertThat(texts(report, "COMPARISON"))
                .containsExactly(
                        "Compared with the study of 14 February 2025.", "New since 14 February 2025: pneumonia.");
        assertThat(kinds(report, "COMPARISON")).containsExactly("DESCRIPTION", "CLAIM");
        assertThat(report.getString(
                        "sections.find { it.section == 'COMPARISON' }.sentences[1].evidence.find { it.kind == 'prior' }"
                                + ".reportKey"))
                .isEqualTo(earlier.reportKey().toString());
        assertThat(texts(service.report(earlier.reportKey()), "COMPARISON"))
                .containsExactly("No earlier study was compared.");
        assertThat(RestAssured.given()
                        .accept("text/plain")
                        .get("/api/reports/{key}", study.reportKey())
                        .asString())
                .contains("earlier study of 2025-02-14, report");
    }

    @Test
    void modelsThatAgreeAreMergedAndModelsThatDifferAreShown() {
        Studies differing = Studies.fresh();
        service.send(study.received(), study.plan(FAR, CHEST, SECOND), study.found(CHEST, 0.83));
        service.send(study.found(SECOND, 0.75));
        service.send(differing.received(), differing.plan(FAR, CHEST, SECOND), differing.found(CHEST, 0.83));
        service.send(differing.found(SECOND, 0.03));

        JsonPath agreed = service.settled(study);
        JsonPath differed = service.settled(differing);

        assertThat(texts(agreed, "IMPRESSION")).first().isEqualTo("Probable pneumonia.");
        assertThat(agreed.getList("sections.find { it.section == 'FINDINGS' }.sentences[0].evidence.model.deployment"))
                .isEqualTo(List.of("chest", "second"));
        assertThat(texts(differed, "FINDINGS"))
                .containsExactly("Models differ on pneumonia: Model chest 1.0.0: probable pneumonia (probability 0.83,"
                        + " present from 0.50); Model second 1.0.0: no sign of pneumonia (probability 0.03, present"
                        + " from 0.50).");
        assertThat(texts(differed, "IMPRESSION"))
                .first()
                .isEqualTo("Models differ on pneumonia: Model chest 1.0.0: probable pneumonia; Model second 1.0.0: no"
                        + " sign of pneumonia.");
        assertThat(differed.getList("sections.find { it.section == 'IMPRESSION' }.sentences[0].evidence.findingId"))
                .hasSize(2);
    }

    @Test
    void aSiteReadsItsLanguage() {
        StudyReceived received = study.received();
        service.send(
                new StudyReceived(
                        received.studyKey(),
                        received.studyInstanceUid(),
                        received.revision(),
                        received.inputDigest(),
                        received.priority(),
                        "south",
                        null,
                        received.subject(),
                        received.instances(),
                        received.series(),
                        received.manifest(),
                        received.receivedAt(),
                        received.completedAt()),
                study.plan(FAR, CHEST),
                study.found(CHEST, 0.03));

        JsonPath report = await().until(
                        () -> service.settled(study),
                        each -> each.getString("language").equals("de"));

        assertThat(texts(report, "EXAMINATION")).containsExactly("Digitale Radiographie, Thorax.");
        assertThat(texts(report, "TECHNIQUE"))
                .containsExactly("Digitale Radiographie, Projektion LATERAL, PA; 2 Bilder in 2 Serien.");
        assertThat(texts(report, "COMPARISON")).containsExactly("Keine Voruntersuchung zum Vergleich herangezogen.");
        assertThat(texts(report, "FINDINGS"))
                .containsExactly("Kein Nachweis von Pneumonie (Wahrscheinlichkeit 0,03, gewertet ab 0,50).");
        assertThat(texts(report, "IMPRESSION"))
                .containsExactly("Kein Nachweis von Pneumonie.", "Von Software entworfen, nicht ärztlich geprüft.");
    }

    /** What a person was shown once is shown so again: as a service of before there were templates has stored it. */
    @Test
    void aVersionOfBeforeThereWereTemplatesIsReadAsItWas() throws SQLException, IOException {
        UUID report = study.reportKey();
        String draft;
        try (var in = TemplatesIT.class.getResourceAsStream("stored/draft-0.1.0.json")) {
            draft = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("insert into reports (report_key, version, state, status, revision, digest,"
                    + " first_sequence, sequence) values ('" + report + "', 1, 'SETTLED', 'DRAFT', 1, 'x', -1, -1)");
            statement.execute("insert into report_studies values ('" + report + "', '" + study.key() + "', '1.2.3')");
            statement.execute("insert into report_versions (report_key, version, sequence, revision, plan_id, status,"
                    + " settled, digest, draft, created_at) values ('" + report + "', 1, -1, 1, '" + report
                    + "', 'DRAFT', true, 'x', '" + draft.replace("'", "''") + "', now())");
        }

        JsonPath read = service.report(report);

        assertThat(texts(read, "FINDINGS"))
                .containsExactly(
                        "Probable pneumonia (probability 0.83, present from 0.50).",
                        "The answer of Model bone 1.0.0 is awaited.");
        assertThat(kinds(read, "FINDINGS")).containsExactly("CLAIM", "NOTICE");
        assertThat(read.getString("template")).isNull();
        assertThat(read.getList("sections.section"))
                .isEqualTo(List.of("EXAMINATION", "INDICATION", "TECHNIQUE", "COMPARISON", "FINDINGS", "IMPRESSION"));
        assertThat(RestAssured.given()
                        .accept("text/plain")
                        .get("/api/reports/{key}", report)
                        .asString())
                .contains("Probable pneumonia (probability 0.83, present from 0.50).");
    }

    /** Of a study with an order of that code. */
    private JsonPath drafted(Studies of, Code ordered) {
        PatientContext context = of.context();
        service.send(
                of.received(),
                new PatientContext(
                        context.studyKey(),
                        context.studyInstanceUid(),
                        1,
                        Phi.of(CANARY),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Phi.of("Cough"),
                        null,
                        ordered == null
                                ? null
                                : List.of(new OrderReference(UUID.randomUUID(), Phi.of(CANARY), null, ordered))),
                of.plan(FAR, CHEST),
                of.found(CHEST, 0.83));
        return complete(of);
    }

    private void finished(Studies of, PatientContext context, double probability) {
        service.send(of.received(), context, of.plan(FAR, CHEST), of.found(CHEST, probability));
        complete(of);
    }

    /** Settled, with images and context in it: facts of several topics come in any order. */
    private JsonPath complete(Studies of) {
        Callable<JsonPath> report = () -> service.settled(of);
        return await().until(
                        report,
                        each -> each.get("patient") != null
                                && !texts(each, "TECHNIQUE").isEmpty());
    }

    private static PatientContext of(Studies of, String patient, String issuer, String born, String date) {
        return new PatientContext(
                of.key(),
                of.uid(),
                1,
                Phi.of(CANARY),
                Phi.of(patient),
                issuer,
                Phi.of(born),
                "M",
                null,
                date,
                null,
                null,
                null,
                null);
    }

    private static String own(String version, String text) {
        return """
                schema: prelim.template/1
                name: own
                version: "%s"
                for: {modality: [DX]}
                sections:
                  examination: ["{examination}"]
                  indication: ["{indication}"]
                  technique: ["%s", "{technique}"]
                  comparison: ["{comparison}"]
                  findings:
                    - "{findings}"
                  impression: ["{impression}"]
                """.formatted(version, text);
    }

    private static List<String> kinds(JsonPath report, String section) {
        return report.getList("sections.find { it.section == '" + section + "' }.sentences.kind");
    }

    private static JsonPath templates() {
        return RestAssured.get("/api/templates")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static List<String> versions() {
        return templates().getList("templates.version");
    }

    private static Map<String, Object> unmapped(Code code) {
        return RestAssured.given()
                .queryParam("limit", "1000")
                .get("/api/procedure-codes/unmapped")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("codes.find { it.code == '" + code.value() + "' }");
    }
}
