package io.prelim.report;

import static io.prelim.report.ServiceUnderTest.texts;
import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.prelim.events.Code;
import io.prelim.events.Event;
import io.prelim.events.ModelReference;
import io.prelim.events.ReportReviewed;
import io.prelim.events.ReportSigned;
import io.prelim.events.Topics;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers at drafts, where reports are signed in the reporting system. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
class ReadingIT {
    private static final ModelReference CHEST = active("chest");
    private static final ModelReference BONE = active("bone");
    private static final String CANARY = "Zanzibarian";

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final Studies study = Studies.fresh();
    private final Reader reader = new Reader(service, study, "r.meier");
    private final Reader other = new Reader(service, study, "r.schulz");

    @Inject
    DataSource database;

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void whatComesWhileAReaderHasTheDraftIsProposedAndTaken() {
        Reader.drafted(service, study, study.plan(FAR, CHEST, BONE), study.found(CHEST, 0.83));
        reader.ask("claim").then().statusCode(200).body("status", is("DRAFT"));
        List<String> before = texts(reader.report(), "IMPRESSION");

        service.send(fracture());

        JsonPath report = await().until(reader::report, each -> each.getBoolean("settled"));
        assertThat(texts(report, "IMPRESSION")).isEqualTo(before);
        await().untilAsserted(() -> assertThat(service.published(study.reportKey()))
                .last()
                .satisfies(change -> {
                    assertThat(change.settled()).isTrue();
                    assertThat(change.outcomeIds()).contains(study.outcomeId(BONE));
                }));
        assertThat(worklist().getString("reports[0].state")).isEqualTo("CLAIMED");
        assertThat(worklist().getString("reports[0].claimedBy")).isEqualTo("r.meier");
        assertThat(worklist().getInt("reports[0].proposals")).isPositive();
        List<String> proposed = reader.proposals().getList("proposals.id");
        assertThat(
                        reader.proposals()
                                .<String>getList(
                                        "proposals.findAll { it.section == 'IMPRESSION' && it.sentence != null }.sentence.text"))
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains("fracture"));
        reader.ask(
                        "review",
                        "sentences",
                        reader.accepting(null),
                        "proposals",
                        proposed.stream()
                                .map(id -> Map.of("id", id, "decision", "TAKE"))
                                .toList())
                .then()
                .statusCode(200)
                .body("status", is("REVIEWED"));
        assertThat(texts(reader.report(), "IMPRESSION"))
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains("fracture"));
        assertThat(reader.proposals().getList("proposals")).isEmpty();
        ReportReviewed review = reader.reviews(1).get(0);
        assertThat(review.source()).isEqualTo(ReportReviewed.Source.PRELIM);
        assertThat(review.differences())
                .extracting(ReportReviewed.Difference::name, ReportReviewed.Difference::kind)
                .contains(
                        tuple("pneumonia", ReportReviewed.Kind.ACCEPTED),
                        tuple("fracture", ReportReviewed.Kind.ACCEPTED));
    }

    @Test
    void twoReadersAtOnceOneIsToldWhatChangedAndNothingIsLost() {
        Reader.drafted(service, study, study.plan(FAR, CHEST), study.found(CHEST, 0.83));
        int version = reader.report().getInt("version");

        List<CompletableFuture<Response>> asked = Stream.of(reader, other)
                .map(each -> CompletableFuture.supplyAsync(() -> each.ask(version, "claim")))
                .toList();

        List<Response> answers = asked.stream().map(CompletableFuture::join).toList();
        assertThat(answers).extracting(Response::statusCode).containsExactlyInAnyOrder(200, 412);
        Response stale = answers.stream()
                .filter(each -> each.statusCode() == 412)
                .findFirst()
                .orElseThrow();
        String winner = worklist().getString("reports[0].claimedBy");
        stale.then()
                .contentType("application/problem+json")
                .header("ETag", "\"" + (version + 1) + "\"")
                .body("version", is(version + 1))
                .body("changes[0].move", is("CLAIM"))
                .body("changes[0].by", is(winner));
        Reader loser = winner.equals("r.meier") ? other : reader;
        loser.ask("claim").then().statusCode(409).body("detail", containsString("Another reader"));
        loser.ask("review", "sentences", loser.accepting(null)).then().statusCode(409);
        assertThat(reader.moves()).containsExactly((version + 1) + " CLAIM " + winner);
        assertThat(reader.report().getInt("version")).isEqualTo(version + 1);
    }

    @Test
    void aClaimGivenUpGoesBackToWhatTheFactsSay() {
        Reader.drafted(service, study, study.plan(FAR, CHEST, BONE), study.found(CHEST, 0.83));
        reader.ask("claim").then().statusCode(200);
        service.send(fracture());
        await().until(() -> worklist().getInt("reports[0].proposals") > 0);
        other.ask("release").then().statusCode(409);

        reader.ask("release").then().statusCode(200).body("status", is("DRAFT"));

        JsonPath report = reader.report();
        assertThat(texts(report, "IMPRESSION"))
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains("fracture"));
        assertThat(report.getBoolean("settled")).isTrue();
        assertThat((Object) report.get("reading")).isNull();
        assertThat(worklist().getString("reports[0].state")).isEqualTo("SETTLED");
        assertThat(worklist().getString("reports[0].claimedBy")).isNull();
    }

    @Test
    void afterASignatureInTheReportingSystemTheWordsStayAndWhatComesIsADiscrepancy() {
        Reader.drafted(service, study, study.plan(FAR, CHEST, BONE), study.found(CHEST, 0.83));
        List<String> before = texts(reader.report(), "IMPRESSION");
        ReportSigned signed = study.signed("Pneumonia.");
        service.send(signed);
        await().until(() -> !reader.report().getList("signed").isEmpty());

        service.send(fracture());

        await().untilAsserted(() -> assertThat(service.published(study.reportKey()))
                .last()
                .satisfies(change -> {
                    assertThat(change.settled()).isTrue();
                    assertThat(change.outcomeIds()).contains(study.outcomeId(BONE));
                    assertThat(change.signedReportIds()).containsExactly(signed.signedReportId());
                }));
        JsonPath report = reader.report();
        assertThat(report.getString("status")).isEqualTo("DRAFT");
        assertThat(texts(report, "IMPRESSION")).isEqualTo(before);
        assertThat(report.getString("reading.discrepancies[0].kind")).isEqualTo("ADDED");
        assertThat(report.getString("reading.discrepancies[0].came.name")).isEqualTo("fracture");
        assertThat(RestAssured.given()
                        .accept("text/plain")
                        .get("/api/reports/{key}", study.reportKey())
                        .asString())
                .contains("DISCREPANCIES", "fracture, model bone: then -; now present 0.9000");
        reader.ask("claim").then().statusCode(409).body("detail", containsString("signed in the reporting system"));
        // ingest, which asks again until it has seen the newest revision and what was signed, is told again
        int told = service.published(study.reportKey()).size();
        service.send(study.received());
        service.send(signed);
        await().untilAsserted(
                        () -> assertThat(service.published(study.reportKey())).hasSizeGreaterThanOrEqualTo(told + 1));
    }

    @Test
    void aRevisionReachesAReportThatIsClaimed() {
        Reader.drafted(service, study, study.plan(FAR, CHEST), study.found(CHEST, 0.83));
        reader.ask("claim").then().statusCode(200);
        Studies revised = study.revised();

        service.send(revised.received(), revised.plan(FAR, CHEST), revised.found(CHEST, 0.02));

        JsonPath report = service.settled(revised);
        assertThat(texts(report, "IMPRESSION")).contains("Probable pneumonia.");
        assertThat(report.getInt("revision")).isEqualTo(2);
        await().untilAsserted(() -> assertThat(service.published(study.reportKey()))
                .last()
                .satisfies(change -> assertThat(change.revision()).isEqualTo(2)));
        assertThat(reader.proposals().getList("proposals.kind")).contains("CHANGED");
    }

    @Test
    void wordsOfAReaderAreInNoEventNoLogNoDraft() throws SQLException {
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = collecting(logged);
        Logger.getLogger("").addHandler(handler);
        try {
            Reader.drafted(service, study, study.plan(FAR, CHEST), study.found(CHEST, 0.83));
            reader.ask("claim").then().statusCode(200);
            String edited = reader.claims("IMPRESSION").get(0);
            List<Map<String, Object>> decisions = reader.accepting(edited);
            decisions.add(Map.of("id", edited, "decision", "EDIT", "text", CANARY + " has pneumonia."));
            // refused requests tell nothing of it either
            reader.ask("review", "sentences", List.of(Map.of("id", CANARY, "decision", "EDIT")));
            reader.ask(
                            "review",
                            "sentences",
                            decisions,
                            "additions",
                            List.of(Map.of("section", "TECHNIQUE", "text", CANARY)))
                    .then()
                    .statusCode(400)
                    .body(not(containsString(CANARY)));

            reader.ask(
                            "review",
                            "sentences",
                            decisions,
                            "additions",
                            List.of(Map.of("section", "FINDINGS", "text", "Old scar, " + CANARY + ".")))
                    .then()
                    .statusCode(200);

            JsonPath report = reader.report();
            assertThat(texts(report, "IMPRESSION")).contains(CANARY + " has pneumonia.");
            assertThat(texts(report, "FINDINGS")).contains("Old scar, " + CANARY + ".");
            assertThat(report.<String>getList("sections.find { it.section == 'IMPRESSION' }.sentences.kind"))
                    .contains("AUTHORED");
            assertThat(reader.reviews(1).get(0).differences())
                    .extracting(ReportReviewed.Difference::kind)
                    .contains(ReportReviewed.Kind.ADDED)
                    .doesNotContain(ReportReviewed.Kind.UNKNOWN);
        } finally {
            Logger.getLogger("").removeHandler(handler);
        }
        assertThat(logged).anyMatch(line -> line.contains(study.reportKey().toString()));
        assertThat(String.join("\n", logged)).doesNotContain(CANARY);
        for (String topic : List.of(Topics.REPORT_CHANGED, Topics.REPORT_REVIEWED)) {
            service.consume(topic)
                    .forEach(each -> assertThat(new String(each.value(), StandardCharsets.UTF_8) + each.headers())
                            .doesNotContain(CANARY));
        }
        assertThat(RestAssured.get("/api/reports").asString()).doesNotContain(CANARY);
        assertThat(RestAssured.get("/api/findings").asString()).doesNotContain(CANARY);
        assertThat(RestAssured.get("/q/metrics").asString()).doesNotContain(CANARY);
        assertThat(tablesThatHold(CANARY)).containsExactly("reader_words");
    }

    @Test
    void whatIsAskedWronglyIsRefusedAndSaysWhy() {
        Reader.drafted(service, study, study.plan(FAR, CHEST), study.found(CHEST, 0.83));
        int version = reader.report().getInt("version");
        String match = "\"" + version + "\"";
        reader.raw(null, "claim", "{\"by\":\"a\"}").then().statusCode(428).body("parameter", is("If-Match"));
        reader.raw(String.valueOf(version), "claim", "{\"by\":\"a\"}").then().statusCode(400);
        reader.raw(match, "claim", "{\"by\":\"a\",\"why\":1}")
                .then()
                .statusCode(400)
                .body("parameter", is("body"));
        reader.raw(match, "claim", "{\"by\":\"a\",\"by\":\"b\"}").then().statusCode(400);
        reader.raw(match, "claim", "{\"by\":\"a b\"}").then().statusCode(400).body("parameter", is("by"));
        reader.raw(match, "claim", "").then().statusCode(400);
        reader.raw(match, "claim", "{\"by\":\"" + "x".repeat(300_000) + "\"}")
                .then()
                .statusCode(400);
        new Reader(service, Studies.fresh(), "a").ask(1, "claim").then().statusCode(404);
        for (String move : List.of("release", "sign", "retraction")) {
            reader.ask(move).then().statusCode(409);
        }
        reader.ask("addendum", "text", "More.").then().statusCode(409);
        reader.ask("correction").then().statusCode(409);
        reader.ask("review").then().statusCode(409);
        reader.ask("claim").then().statusCode(200);
        reader.ask("sign").then().statusCode(409).body("detail", containsString("prelim.report.system-of-record"));
        reader.ask("review").then().statusCode(400).body("detail", containsString("each claim"));
        String sentence = reader.claims("IMPRESSION").get(0);
        for (String text : List.of("", " ", "two\nlines", "bell\u0007", "over\u202eride", "x".repeat(1001))) {
            List<Map<String, Object>> decisions = reader.accepting(sentence);
            decisions.add(Map.of("id", sentence, "decision", "EDIT", "text", text));
            reader.ask("review", "sentences", decisions)
                    .then()
                    .statusCode(400)
                    .body("parameter", containsString("text"));
        }
        reader.ask("review", "sentences", List.of(Map.of("id", sentence, "decision", "PERHAPS")))
                .then()
                .statusCode(400);
        reader.ask("review", "sentences", List.of(Map.of("id", study.key().toString(), "decision", "ACCEPT")))
                .then()
                .statusCode(400)
                .body("parameter", is("sentences[0].id"));
        assertThat(reader.report().getInt("version")).isEqualTo(version + 1);
        assertThat(reader.moves()).containsExactly((version + 1) + " CLAIM r.meier");
    }

    private Event fracture() {
        return study.found(BONE, "fracture", new Code("SCT", "125605004", "Fracture"), 0.9, 0.5);
    }

    private JsonPath worklist() {
        return RestAssured.given()
                .queryParam("studyInstanceUid", study.uid())
                .get("/api/reports")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private List<String> tablesThatHold(String text) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                Statement each = connection.createStatement();
                ResultSet names = statement.executeQuery(
                        "select table_name from information_schema.tables where table_schema = 'public'"
                                + " order by table_name")) {
            while (names.next()) {
                try (ResultSet rows = each.executeQuery("select count(*) from " + names.getString(1)
                        + " t where cast(to_jsonb(t) as text) like '%" + text + "%'")) {
                    rows.next();
                    if (rows.getLong(1) > 0) {
                        tables.add(names.getString(1));
                    }
                }
            }
        }
        return tables;
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
