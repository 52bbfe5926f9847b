package io.prelim.report;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.Code;
import io.prelim.events.ModelReference;
import io.prelim.events.Priority;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.store.UrgentCodes;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits for a reader, in the order of its urgency. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
class WorklistIT {
    private static final ModelReference CHEST = active("chest");
    private static final Code PNEUMOTHORAX = new Code("SCT", "36118008", "Pneumothorax");
    private static final Code PNEUMONIA = new Code("SCT", "233604007", "Pneumonia");

    @Inject
    DataSource database;

    @Inject
    UrgentCodes codes;

    @Inject
    ReportSettings settings;

    private final ServiceUnderTest service = new ServiceUnderTest();

    @AfterEach
    void close() {
        codes.set(settings.worklist().urgent());
        service.close();
    }

    @Test
    void statComesFirstThenTheLikeliestUrgentFindingThenWhoWaitsLongest() {
        Studies plain = drafted(Priority.ROUTINE, "pneumonia", PNEUMONIA, 0.99);
        Studies plainLater = drafted(Priority.ROUTINE, "pneumonia", PNEUMONIA, 0.99);
        Studies absent = drafted(Priority.ROUTINE, "pneumothorax", PNEUMOTHORAX, 0.2);
        Studies urgent = drafted(Priority.ROUTINE, "pneumothorax", PNEUMOTHORAX, 0.71);
        Studies moreUrgent = drafted(Priority.ROUTINE, "pneumothorax", PNEUMOTHORAX, 0.91);
        Studies stat = drafted(Priority.STAT, "pneumonia", PNEUMONIA, 0.01);

        assertThat(order(Set.of(plain, plainLater, absent, urgent, moreUrgent, stat)))
                .containsExactly(stat, moreUrgent, urgent, plain, plainLater, absent);
        Map<String, Object> row = row(moreUrgent);
        assertThat(JsonPath.from(io.restassured.RestAssured.get("/api/worklist?limit=500")
                                .asString())
                        .<String>getList(
                                "reports.find { it.reportKey == '" + moreUrgent.reportKey() + "' }.reasons.text"))
                .containsExactly("pneumothorax 0.91", "waits 0 min");
        assertThat(row).containsEntry("patientName", Studies.NAME);
        assertThat(row).containsEntry("accessionNumber", Studies.ACCESSION);
        assertThat(row).containsEntry("modalities", List.of("DX"));
        assertThat(row(stat).get("reasons").toString()).contains("stat");
    }

    @Test
    void pagesFollowEachOtherWithoutAGapOrTwice() {
        Set<String> sent = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            sent.add(drafted(Priority.ROUTINE, "pneumothorax", PNEUMOTHORAX, 0.6 + i / 10.0)
                    .reportKey()
                    .toString());
        }

        List<String> keys = new ArrayList<>();
        String next = null;
        do {
            JsonPath page = given().queryParam("limit", 2)
                    .queryParams(next == null ? Map.of() : Map.of("after", next))
                    .get("/api/worklist")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            keys.addAll(page.getList("reports.reportKey"));
            next = page.getString("next");
        } while (next != null);

        assertThat(keys).doesNotHaveDuplicates().containsAll(sent);
        assertThat(keys)
                .isEqualTo(given().get("/api/worklist?limit=500").jsonPath().getList("reports.reportKey"));
    }

    @Test
    void whatTheSiteCallsUrgentIsWeighedAnewWhenItChanges() {
        Studies pneumonia = drafted(Priority.ROUTINE, "pneumonia", PNEUMONIA, 0.97);
        Studies pneumothorax = drafted(Priority.ROUTINE, "pneumothorax", PNEUMOTHORAX, 0.6);
        assertThat(order(Set.of(pneumonia, pneumothorax))).containsExactly(pneumothorax, pneumonia);

        assertThat(codes.set(Set.of("SCT|233604007"))).isTrue();

        assertThat(order(Set.of(pneumonia, pneumothorax))).containsExactly(pneumonia, pneumothorax);
        assertThat(row(pneumothorax)).doesNotContainKey("urgent");
        assertThat(codes.set(Set.of("SCT|233604007"))).isFalse();
    }

    @Test
    void whatWasReviewedWaitsNoMoreUntilSomethingIsProposed() {
        Studies study = Studies.fresh();
        ModelReference bone = active("bone");
        Reader reader = new Reader(service, study, "r.meier");
        Reader.drafted(service, study, study.plan(FAR, CHEST, bone), study.found(CHEST, 0.83));
        reader.ask("claim").then().statusCode(200);
        assertThat(row(study)).containsEntry("claimedBy", "r.meier");
        reader.ask("review", "sentences", reader.accepting(null)).then().statusCode(200);
        assertThat(row(study)).isNull();

        service.send(study.found(bone, "fracture", new Code("SCT", "125605004", "Fracture"), 0.9, 0.5));

        await().untilAsserted(() -> assertThat(row(study)).containsEntry("state", "REVIEWED"));
        assertThat((Integer) row(study).get("proposals")).isPositive();
    }

    @Test
    void whatIsAskedWronglyIsRefused() {
        given().get("/api/worklist?limit=501").then().statusCode(400).body("parameter", is("limit"));
        given().get("/api/worklist?patient=x").then().statusCode(400);
        for (String after : List.of("x", "r_2.0_1", "r_0.5_1;drop", "s_0.5_")) {
            given().queryParam("after", after)
                    .get("/api/worklist")
                    .then()
                    .statusCode(400)
                    .body("parameter", is("after"));
        }
    }

    @Test
    void aPageIsReadAlongAnIndex() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            // until the end of a transaction: without one it is not set at all
            connection.setAutoCommit(false);
            statement.execute("set local enable_seqscan = off");
            statement.execute("set local enable_sort = off");
            List<String> plan = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "explain select r.* from reports r where r.status <> 'RETRACTED' and (r.state in ('DRAFTING', 'SETTLED',"
                            + " 'CLAIMED') or r.state = 'REVIEWED' and r.proposals > 0) and r.first_sequence is not null"
                            + " and ((r.priority <> 'STAT'), (-r.urgency), r.first_sequence) > (true, -0.5, 7)"
                            + " order by (r.priority <> 'STAT'), (-r.urgency), r.first_sequence limit 101")) {
                while (rows.next()) {
                    plan.add(rows.getString(1));
                }
            }
            assertThat(String.join("\n", plan))
                    .contains("Index Scan using reports_waiting", "ROW((priority")
                    .doesNotContain("Sort");
            connection.rollback();
        }
    }

    private Studies drafted(Priority priority, String name, Code code, double probability) {
        Studies study = Studies.fresh();
        AnalysisPlanned plan = study.plan(FAR, CHEST);
        service.send(study.received(priority), study.context());
        service.send(
                new AnalysisPlanned(
                        plan.planId(),
                        plan.studyKey(),
                        plan.studyInstanceUid(),
                        plan.revision(),
                        plan.inputDigest(),
                        priority,
                        plan.planned(),
                        plan.declined(),
                        plan.plannedAt()),
                study.found(CHEST, name, code, probability, 0.5));
        service.settled(study);
        await().until(() -> row(study).containsKey("patientName"));
        return study;
    }

    /** Of these, as the list has them. */
    private static List<Studies> order(Set<Studies> studies) {
        List<String> keys = given().get("/api/worklist?limit=500").jsonPath().getList("reports.reportKey");
        return keys.stream()
                .map(UUID::fromString)
                .flatMap(key ->
                        studies.stream().filter(study -> study.reportKey().equals(key)))
                .toList();
    }

    /** Null where it does not wait. */
    private static Map<String, Object> row(Studies study) {
        return given().get("/api/worklist?limit=500")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("reports.find { it.reportKey == '" + study.reportKey() + "' }");
    }
}
