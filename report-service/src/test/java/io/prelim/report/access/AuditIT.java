package io.prelim.report.access;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static io.prelim.report.access.SignedIn.ROOT;
import static io.prelim.report.access.SignedIn.SOUTH;
import static io.prelim.report.access.SignedIn.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.prelim.access.Roles;
import io.prelim.access.audit.AuditTable;
import io.prelim.events.Finding;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.ServiceUnderTest;
import io.prelim.report.Studies;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who saw what is recorded, or it is not shown. */
@QuarkusTest
@TestProfile(SignedIn.class)
@QuarkusTestResource(BrokerAndDatabase.class)
class AuditIT {
    private static final ModelReference CHEST = active("chest");
    private static final String REASON = "Zebulon is unconscious in the resuscitation room";

    @Inject
    DataSource database;

    @Inject
    AuditTable table;

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final Studies study = Studies.fresh();
    private final String key = study.reportKey().toString();

    @BeforeEach
    void settle() {
        RestAssured.authentication = RestAssured.preemptive().basic(ROOT, "correct horse");
        service.send(study.receivedAt("north"), study.context(), study.plan(FAR, CHEST), study.found(CHEST, 0.83));
        service.settled(study);
        await().until(() -> service.report(study.reportKey()).getString("patient.id") != null);
    }

    @AfterEach
    void close() {
        RestAssured.authentication = RestAssured.DEFAULT_AUTH;
        service.close();
    }

    @Test
    void everyFormOfAReportThatIsReadIsRecordedWithReaderPatientAndStudy() {
        List<String> forms = List.of(
                "application/json",
                "text/plain",
                "text/html",
                "application/pdf",
                "application/dicom",
                "application/fhir+json",
                "application/hl7-v2");
        forms.forEach(form -> as(Roles.RADIOLOGIST)
                .accept(form)
                .get("/api/reports/{key}", key)
                .then()
                .statusCode(200));
        for (String below : List.of("history", "versions", "proposals", "moves", "deliveries")) {
            as(Roles.RADIOLOGIST).get("/api/reports/{key}/" + below, key).then().statusCode(200);
        }

        Response answer = audit("actor=radiologist&report=" + key);
        JsonPath events = answer.jsonPath();

        assertThat(answer.contentType()).startsWith("application/fhir+json");
        assertThat(events.getString("type")).isEqualTo("searchset");
        assertThat(events.getList("entry")).hasSize(forms.size() + 5);
        String event = "entry[0].resource.";
        assertThat(events.getString(event + "meta.profile[0]")).endsWith("IHE.BasicAudit.PatientRead");
        assertThat(events.getString(event + "action")).isEqualTo("R");
        assertThat(events.getString(event + "outcome")).isEqualTo("0");
        assertThat(events.getString(event + "source.site")).isEqualTo("north");
        assertThat(events.getString(event + "agent.find { it.requestor }.name")).isEqualTo("radiologist");
        assertThat(events.getString(event + "agent[0].network.address")).isEqualTo("127.0.0.1");
        assertThat(events.getString(event + "entity.find { it.type.code == '1' }.what.identifier.value"))
                .isEqualTo(Studies.ID);
        assertThat(events.getString(event + "entity.find { it.type.code == '2' }.what.identifier.value"))
                .isEqualTo("urn:uuid:" + key);
        assertThat(events.getString(event + "entity.find { it.type.code == 'ImagingStudy' }.what.identifier.value"))
                .isEqualTo("urn:oid:" + study.uid());
    }

    @Test
    void evidenceIsRecordedToo() throws Exception {
        Studies other = Studies.fresh();
        byte[] map = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 1, 2, 3};
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(map);
        Finding finding = other.found(CHEST, 0.83).findings().get(0);
        PartReference part = new PartReference(
                Ids.evidence(finding.findingId()),
                PartClass.EVIDENCE,
                map.length,
                "sha256:" + HexFormat.of().formatHex(digest));
        RestAssured.given()
                .auth()
                .none()
                .header("Authorization", "Bearer evidence-under-test")
                .header("Content-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":")
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .contentType("image/png")
                .body(map)
                .put("/internal/evidence/{part}", part.partId())
                .then()
                .statusCode(201);
        service.send(
                other.receivedAt("north"),
                other.plan(FAR, CHEST),
                other.outcome(CHEST, StudyAnalyzed.Status.FINDINGS, List.of(finding.withEvidence(part)), null));
        service.settled(other);
        String path = "/api/reports/" + other.reportKey() + "/evidence/" + finding.findingId();

        as(Roles.RADIOLOGIST).get(path).then().statusCode(200);
        as(SOUTH).get(path).then().statusCode(404);

        assertThat(outcomes("actor=radiologist&report=" + other.reportKey())).containsExactly("0");
        assertThat(outcomes("actor=south&report=" + other.reportKey())).containsExactly("4");
    }

    @Test
    void whatIsRefusedIsRecorded() {
        as(SOUTH).get("/api/reports/{key}", key).then().statusCode(404);
        as(Roles.SRE).get("/api/reports/{key}", key).then().statusCode(403);
        move(Roles.RADIOLOGIST, "\"999\"").then().statusCode(412);

        JsonPath refused = audit("refused=true&report=" + key).jsonPath();

        assertThat(refused.getList("entry.resource.agent.collect { it.find { it.requestor }.name }"))
                .containsExactly(Roles.RADIOLOGIST, Roles.SRE, SOUTH);
        assertThat(refused.getList("entry.resource.outcome")).containsOnly("4");
        assertThat(refused.getList("entry.resource.action")).containsExactly("U", "R", "R");
        assertThat(refused.getList("entry.resource.outcomeDesc"))
                .containsExactly(
                        "answered 412",
                        "the user's roles do not allow it",
                        "the report is of a site that is not the user's");
    }

    @Test
    void aMoveIsRecordedWithWhoMadeIt() {
        move(Roles.RADIOLOGIST, "\"" + version() + "\"").then().statusCode(200);

        JsonPath events = audit("action=UPDATE&report=" + key).jsonPath();

        assertThat(events.getList("entry.resource.outcome")).containsExactly("0");
        assertThat(events.getString("entry[0].resource.meta.profile[0]")).endsWith("IHE.BasicAudit.PatientUpdate");
    }

    @Test
    void whatCannotBeRecordedIsNeitherShownNorDone() throws Exception {
        int before = version();
        execute("alter table audit_events rename to audit_events_away");
        try {
            as(Roles.RADIOLOGIST)
                    .accept("application/json")
                    .get("/api/reports/{key}", key)
                    .then()
                    .statusCode(503);
            move(Roles.RADIOLOGIST, "\"" + before + "\"").then().statusCode(503);
        } finally {
            execute("alter table audit_events_away rename to audit_events");
        }

        assertThat(version()).isEqualTo(before);
        as(Roles.RADIOLOGIST).get("/api/reports/{key}", key).then().statusCode(200);
    }

    @Test
    void aSearchOfOnePatientsStudyIsRecordedAsItWasAsked() {
        as(Roles.RADIOLOGIST)
                .get("/api/reports?studyInstanceUid=" + study.uid())
                .then()
                .statusCode(200);

        JsonPath events = audit("action=query&actor=radiologist&limit=1").jsonPath();

        String query = events.getString("entry[0].resource.entity[0].query");
        assertThat(new String(Base64.getDecoder().decode(query), StandardCharsets.US_ASCII))
                .isEqualTo("/api/reports?studyInstanceUid=" + study.uid());
    }

    @Test
    void aRadiologistOfAnotherSiteBreaksTheGlassWithAReason() throws Exception {
        List<String> log = new CopyOnWriteArrayList<>();
        Handler handler = handler(log);
        Logger.getLogger("").addHandler(handler);
        try {
            broken(SOUTH, REASON).then().statusCode(200).body(containsString(Studies.ID));
        } finally {
            Logger.getLogger("").removeHandler(handler);
        }

        JsonPath events = audit("actor=south&report=" + key).jsonPath();
        assertThat(events.getString("entry[0].resource.outcome")).isEqualTo("0");
        String purpose = "entry[0].resource.agent.find { it.requestor }.purposeOfUse[0].";
        assertThat(events.getString(purpose + "coding[0].code")).isEqualTo("BTG");
        assertThat(events.getString(purpose + "text")).isEqualTo(REASON);
        assertThat(log)
                .anyMatch(line -> line.contains("PRELIM-REPORT-1014") && line.contains(key) && line.contains("south"))
                .noneMatch(line -> line.contains("Zebulon"));
        assertThat(as(Roles.SRE).get("/q/metrics").asString())
                .containsPattern("prelim_report_glass_broken_total [1-9]");
    }

    @Test
    void theGlassIsNotBrokenOtherwise() {
        for (String reason : List.of("too short", "x".repeat(201), "a reason\twith a tab in it")) {
            broken(SOUTH, reason).then().statusCode(400).body(containsString("Prelim-Break-Glass"));
        }
        as(SOUTH)
                .header("Prelim-Break-Glass", REASON)
                .contentType("application/json")
                .header("If-Match", "\"" + version() + "\"")
                .body("{}")
                .post("/api/reports/{key}/claim", key)
                .then()
                .statusCode(404);
        broken(Roles.RADIOLOGIST, REASON).then().statusCode(200);

        assertThat(audit("actor=radiologist&report=" + key).asString())
                .as("a reader's own report needs no broken glass")
                .doesNotContain("BTG");
    }

    @Test
    void anAuditorSeesEventsOfTheirSitesPageByPage() {
        as(Roles.RADIOLOGIST).get("/api/reports/{key}", key).then().statusCode(200);
        as(Roles.INTEGRATION).get("/api/reports/{key}", key).then().statusCode(200);

        assertThat(as(SOUTH).get("/api/audit?report=" + key).jsonPath().getList("entry"))
                .isNull();
        JsonPath first = as(Roles.AUDITOR)
                .get("/api/audit?limit=1&report=" + key)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(first.getList("entry")).hasSize(1);
        assertThat(first.getString("entry[0].resource.agent.find { it.requestor }.name"))
                .isEqualTo(Roles.INTEGRATION);
        String next = first.getString("link.find { it.relation == 'next' }.url");
        JsonPath second =
                as(Roles.AUDITOR).get(next).then().statusCode(200).extract().jsonPath();
        assertThat(second.getString("entry[0].resource.agent.find { it.requestor }.name"))
                .isEqualTo(Roles.RADIOLOGIST);
        as(Roles.AUDITOR).get("/api/audit?before=x").then().statusCode(400);
        as(Roles.AUDITOR).get("/api/audit?who=x").then().statusCode(400);
    }

    @Test
    void eventsStayForAYearAndGoAfterTheirTime() throws Exception {
        UUID old = UUID.randomUUID();
        execute("insert into audit_events (event_id, recorded_at, actor, action, refused, event) values ('" + old
                + "', now() - interval '400 days', 'old', 'READ', false, '{}')");
        for (String change : List.of(
                "update audit_events set actor = 'x'",
                "delete from audit_events where recorded_at > now() - interval '300 days'",
                "truncate audit_events")) {
            assertThatThrownBy(() -> execute(change))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("audit event");
        }

        assertThat(table.forget(Duration.ofDays(500))).isZero();
        assertThat(table.forget(Duration.ofDays(390))).isEqualTo(1);
    }

    private Response broken(String user, String reason) {
        return as(user).header("Prelim-Break-Glass", reason)
                .accept("application/json")
                .get("/api/reports/{key}", key);
    }

    private Response move(String user, String ifMatch) {
        return as(user).contentType("application/json")
                .header("If-Match", ifMatch)
                .body(Map.of())
                .post("/api/reports/{key}/claim", key);
    }

    private int version() {
        return service.report(study.reportKey()).getInt("version");
    }

    private static Response audit(String query) {
        return as(ROOT).get("/api/audit?" + query)
                .then()
                .statusCode(200)
                .extract()
                .response();
    }

    private static List<String> outcomes(String query) {
        return audit(query).jsonPath().getList("entry.resource.outcome");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Handler handler(List<String> log) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                log.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
