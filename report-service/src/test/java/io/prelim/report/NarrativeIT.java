package io.prelim.report;

import static io.prelim.report.ServiceUnderTest.texts;
import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prelim.events.ModelReference;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A writer that speaks chat completions: what it words well is taken, whatever else it says is not. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
@QuarkusTestResource(value = WriterPort.class, restrictToAnnotatedClass = true)
class NarrativeIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ModelReference CHEST = active("chest");
    private static final String WORDED = "Worded by writer-1; each sentence was checked against the findings.";

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final Studies study = Studies.fresh();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile String answer;
    private HttpServer writer;

    @Inject
    DataSource database;

    @BeforeEach
    void open() throws IOException {
        URI url = URI.create(ServiceUnderTest.config("prelim.report.writer.url"));
        writer = HttpServer.create(new InetSocketAddress(url.getHost(), url.getPort()), 0);
        writer.createContext("/v1/chat/completions", this::answer);
        writer.start();
    }

    @AfterEach
    void close() {
        writer.stop(0);
        service.close();
    }

    @Test
    void whatIsWordedWellTakesThePlaceOfThePlainWordsAndKeepsTheirEvidence() {
        answer = answer("Findings are consistent with pneumonia.", "Compatible with pneumonia.");
        JsonPath plain = analyzed();
        String finding = plain.getString("sections.find { it.section == 'FINDINGS' }.sentences[0].id");

        JsonPath report = worded();

        assertThat(texts(report, "FINDINGS")).containsExactly("Findings are consistent with pneumonia.");
        assertThat(texts(report, "IMPRESSION"))
                .containsExactly(
                        "Compatible with pneumonia.", WORDED, "Drafted by software, not reviewed by a physician.");
        assertThat(report.getString("status")).isEqualTo("DRAFT");
        assertThat(report.getString("sections.find { it.section == 'FINDINGS' }.sentences[0].id"))
                .isEqualTo(finding);
        assertThat(report.getString("sections.find { it.section == 'FINDINGS' }.sentences[0].wordedBy"))
                .isEqualTo("writer-1");
        assertThat(report.getString("sections.find { it.section == 'FINDINGS' }.sentences[0].evidence[0].findingId"))
                .isEqualTo(
                        study.found(CHEST, 0.93).findings().get(0).findingId().toString());
    }

    @Test
    void theWriterLearnsNothingOfThePatient() {
        answer = answer("Findings are consistent with pneumonia.", "Compatible with pneumonia.");
        analyzed();
        worded();

        assertThat(asked)
                .isNotEmpty()
                .allSatisfy(question -> assertThat(question)
                        .contains("Bearer token-of-the-writer", "pneumonia", "0.93", "consistent")
                        .doesNotContain(
                                Studies.NAME,
                                Studies.ID,
                                Studies.ACCESSION,
                                Studies.BIRTH,
                                "Canary",
                                "Cough",
                                study.uid(),
                                study.key().toString(),
                                study.reportKey().toString()));
    }

    @Test
    void whatSaysAnythingElseIsNotTaken() throws Exception {
        answer = answer("Findings are consistent with pneumonia.", "No pneumonia.");
        analyzed();

        await().until(() -> refusal() != null);

        assertThat(refusal()).isEqualTo("the certainty is not that of the statement");
        JsonPath report = service.report(study.reportKey());
        assertThat(texts(report, "IMPRESSION"))
                .contains("Consistent with pneumonia.")
                .doesNotContain(WORDED);
        assertThat(RestAssured.get("/q/metrics").asString())
                .contains("prelim_report_narratives_total{result=\"refused\"}");
    }

    @Test
    void whatIsNoJsonOfTheFormAskedForIsNotTaken() throws Exception {
        answer = "Certainly! Here is your report: pneumonia is likely.";
        analyzed();

        await().until(() -> refusal() != null);

        assertThat(refusal()).isEqualTo("the answer is not of the form asked for");
    }

    @Test
    void aWriterThatFailsIsAskedAgainAndDelaysNoDraft() {
        failures.set(2);
        answer = answer("Findings are consistent with pneumonia.", "Compatible with pneumonia.");
        JsonPath plain = analyzed();

        assertThat(texts(plain, "IMPRESSION")).contains("Consistent with pneumonia.");
        assertThat(texts(worded(), "IMPRESSION")).contains("Compatible with pneumonia.", WORDED);
        assertThat(asked).hasSizeGreaterThanOrEqualTo(3);
    }

    /** The context may come after the answer: then the draft is worded once more. */
    private JsonPath worded() {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> service.report(study.reportKey()),
                        report -> texts(report, "IMPRESSION").contains(WORDED));
    }

    private JsonPath analyzed() {
        service.send(study.context(), study.received(), study.plan(FAR, CHEST), study.found(CHEST, 0.93));
        return service.settled(study);
    }

    private static String answer(String finding, String impression) {
        ObjectNode answer = JSON.createObjectNode();
        answer.withArray("sentences")
                .addObject()
                .put("section", "findings")
                .put("text", finding)
                .withArray("statements")
                .add("s1");
        answer.withArray("sentences")
                .addObject()
                .put("section", "impression")
                .put("text", impression)
                .withArray("statements")
                .add("s2");
        return answer.toString();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        boolean fails = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        ObjectNode completion = JSON.createObjectNode()
                .put("id", "c1")
                .put("object", "chat.completion")
                .put("created", 1)
                .put("model", "writer-1");
        ObjectNode choice =
                completion.withArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
        choice.putNull("logprobs");
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", answer)
                .putNull("refusal");
        byte[] body = JSON.writeValueAsBytes(completion);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(fails ? 503 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Null while there is none. */
    private String refusal() throws Exception {
        try (Connection connection = database.getConnection();
                var query = connection.prepareStatement(
                        "select refusal from narratives where report_key = ? and refusal is not null")) {
            query.setObject(1, study.reportKey());
            var rows = query.executeQuery();
            return rows.next() ? rows.getString(1) : null;
        }
    }
}
