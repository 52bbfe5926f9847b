package io.prelim.report;

import static io.prelim.report.ServiceUnderTest.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.events.Event;
import io.prelim.events.EventJson;
import io.prelim.events.ReportReviewed;
import io.prelim.events.Topics;
import io.prelim.events.UnreadableEvent;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A reader at a report. */
record Reader(ServiceUnderTest service, Studies study, String id) {
    /** What the reader has before them. */
    JsonPath report() {
        return service.report(study.reportKey());
    }

    /** Asks for a move of the version the reader has before them. */
    Response ask(String move, Object... fields) {
        return ask(report().getInt("version"), move, fields);
    }

    /** @param fields names and values in turn, beside {@code by} */
    Response ask(int version, String move, Object... fields) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("by", id));
        for (int i = 0; i < fields.length; i += 2) {
            body.put((String) fields[i], fields[i + 1]);
        }
        return raw("\"" + version + "\"", move, new String(EventJson.write(body), StandardCharsets.UTF_8));
    }

    /** @param ifMatch null for none */
    Response raw(String ifMatch, String move, String body) {
        var request = RestAssured.given().contentType("application/json").body(body);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch))
                .post("/api/reports/{key}/{move}", study.reportKey(), move);
    }

    /** Accepts each claim of findings and impression, but for one. */
    List<Map<String, Object>> accepting(String but) {
        List<Map<String, Object>> decisions = new ArrayList<>();
        for (String section : List.of("FINDINGS", "IMPRESSION")) {
            for (String sentence : claims(section)) {
                if (!sentence.equals(but)) {
                    decisions.add(Map.of("id", sentence, "decision", "ACCEPT"));
                }
            }
        }
        return decisions;
    }

    /** The ids of a section's claims. */
    List<String> claims(String section) {
        return report().getList("sections.find { it.section == '" + section
                + "' }.sentences.findAll { it.kind == 'CLAIM' }.id");
    }

    JsonPath proposals() {
        return RestAssured.get("/api/reports/{key}/proposals", study.reportKey())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    List<String> moves() {
        return RestAssured.get("/api/reports/{key}/moves", study.reportKey())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("moves.collect { it.version + ' ' + it.move + ' ' + it.by }");
    }

    /** The reviews published of the report, in order, once there are so many. */
    List<ReportReviewed> reviews(int count) {
        return await().until(this::published, reviews -> reviews.size() >= count);
    }

    private List<ReportReviewed> published() {
        List<ReportReviewed> reviews = new ArrayList<>();
        service.consume(Topics.REPORT_REVIEWED).forEach(each -> {
            if (each.key().equals(study.reportKey().toString())) {
                try {
                    reviews.add(EventJson.read(each.value(), ReportReviewed.class));
                } catch (UnreadableEvent e) {
                    throw new AssertionError(e);
                }
            }
        });
        return reviews;
    }

    /** Sends a study whose chest model found pneumonia, and waits until it is drafted with all that was sent. */
    static void drafted(ServiceUnderTest service, Studies study, Event... facts) {
        service.send(study.received(), study.context());
        service.send(facts);
        await().untilAsserted(() -> {
            JsonPath report = service.report(study.reportKey());
            assertThat(report).isNotNull();
            assertThat(texts(report, "IMPRESSION")).contains("Probable pneumonia.");
            assertThat(texts(report, "TECHNIQUE")).isNotEmpty();
            assertThat(report.getString("patient.id")).isEqualTo(Studies.ID);
        });
    }
}
