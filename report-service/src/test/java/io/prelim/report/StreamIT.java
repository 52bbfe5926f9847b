package io.prelim.report;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.events.EventJson;
import io.prelim.events.ModelReference;
import io.prelim.events.ReportChanged;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
class StreamIT {
    private static final ModelReference CHEST = active("chest");

    private final ServiceUnderTest service = new ServiceUnderTest();

    @Inject
    DataSource database;

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void clientSeesWhatHappensAfterItCame() throws Exception {
        Studies study = Studies.fresh();
        try (SseReader reader = SseReader.open(RestAssured.port, null)) {
            await().until(() -> reader.lastEventId() != null);
            service.send(study.plan(FAR, CHEST), study.found(CHEST, 0.8));
            service.settled(study);

            await().untilAsserted(() -> assertThat(reader.events())
                    .isNotEmpty()
                    .last()
                    .satisfies(event -> {
                        assertThat(event.name()).isEqualTo("report-changed");
                        ReportChanged change =
                                EventJson.read(event.data().getBytes(StandardCharsets.UTF_8), ReportChanged.class);
                        assertThat(event.id()).isEqualTo(Long.toString(change.sequence()));
                        assertThat(change.reportKey()).isEqualTo(study.reportKey());
                        assertThat(change.settled()).isTrue();
                    }));
        }
    }

    @Test
    void clientThatWasCutMissesNothing() {
        String resume;
        try (SseReader first = SseReader.open(RestAssured.port, null)) {
            await().until(() -> first.lastEventId() != null);
            resume = first.lastEventId();
        }
        List<Studies> studies =
                IntStream.range(0, 10).mapToObj(i -> Studies.fresh()).toList();
        studies.forEach(study -> service.send(study.plan(FAR, CHEST), study.found(CHEST, 0.8)));
        studies.forEach(service::settled);
        long last = last();

        try (SseReader second = SseReader.open(RestAssured.port, resume)) {
            await().untilAsserted(() -> assertThat(second.events())
                    .extracting(SseReader.Received::id)
                    .containsExactlyElementsOf(LongStream.rangeClosed(Long.parseLong(resume) + 1, last)
                            .mapToObj(Long::toString)
                            .toList()));
        }
    }

    @Test
    void positionsTheLogDoesNotHoldAreReset() throws Exception {
        Studies study = Studies.fresh();
        service.send(study.plan(FAR, CHEST), study.found(CHEST, 0.8));
        service.settled(study);
        try (Connection connection = database.getConnection()) {
            connection
                    .createStatement()
                    .execute("delete from event_log where position <= (select max(position) from event_log)");
        }

        try (SseReader expired = SseReader.open(RestAssured.port, "0");
                SseReader future = SseReader.open(RestAssured.port, "999999999")) {
            for (SseReader reader : List.of(expired, future)) {
                await().untilAsserted(() -> assertThat(reader.events()).first().satisfies(event -> {
                    assertThat(event.name()).isEqualTo("reset");
                    assertThat(event.id()).isEqualTo(Long.toString(last()));
                }));
            }
            Studies next = Studies.fresh();
            service.send(next.plan(FAR, CHEST), next.found(CHEST, 0.8));
            service.settled(next);
            await().untilAsserted(() -> assertThat(expired.events())
                    .last()
                    .satisfies(event -> assertThat(event.data())
                            .contains(next.reportKey().toString())
                            .contains("\"settled\":true")));
        }
    }

    @Test
    void quietStreamHasHeartbeats() {
        try (SseReader reader = SseReader.open(RestAssured.port, null)) {
            await().untilAsserted(() -> assertThat(reader.raw()).contains("heartbeat"));
            assertThat(reader.events()).isEmpty();
        }
    }

    @Test
    void clientThatNeverReadsHarmsNobody() throws IOException {
        try (Socket silent = new Socket("127.0.0.1", RestAssured.port);
                SseReader reader = SseReader.open(RestAssured.port, null)) {
            silent.getOutputStream()
                    .write("GET /api/reports/stream HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: 0\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> reader.lastEventId() != null);
            Studies study = Studies.fresh();
            service.send(study.plan(FAR, CHEST), study.found(CHEST, 0.8));
            service.settled(study);

            await().untilAsserted(() -> assertThat(reader.events())
                    .anySatisfy(event ->
                            assertThat(event.data()).contains(study.reportKey().toString())));
        }
    }

    @Test
    void malformedPositionIsRefused() {
        for (String id : List.of("x", "-1", "1.5", "99999999999999999999")) {
            RestAssured.given()
                    .header("Last-Event-ID", id)
                    .get("/api/reports/stream")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("parameter", org.hamcrest.Matchers.is("Last-Event-ID"));
        }
    }

    private long last() {
        try (Connection connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("select last from event_position")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
