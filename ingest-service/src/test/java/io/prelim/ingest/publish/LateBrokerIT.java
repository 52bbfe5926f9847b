package io.prelim.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.prelim.events.Topics;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.fixture.Kafka;
import io.prelim.ingest.fixture.Rows;
import io.prelim.ingest.fixture.TestStudy;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The service starts where there is no broker; once there is one, rows go out and facts come in without a restart. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@WithTestResource(LateBroker.class)
class LateBrokerIT {
    @Inject
    DataSource database;

    @Inject
    Outbox outbox;

    @Test
    void aBrokerThatComesLaterIsFound() throws Exception {
        TestStudy study = TestStudy.stored(database);
        QuarkusTransaction.requiringNew()
                .run(() -> outbox.add(
                        study.eventId(Topics.STUDY_RECEIVED, 1),
                        study.studyKey(),
                        1,
                        Topics.STUDY_RECEIVED,
                        study.received(1),
                        Instant.now()));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Rows.of(
                                database,
                                "select 'sends ' || sends || ', tried ' || (failures > 1) from outbox where study_key = ?",
                                study.studyKey()))
                        .containsExactly("sends 0, tried true"));
        RestAssured.get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        RestAssured.get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));

        LateBroker.comes();

        try (Kafka kafka = Kafka.ofService()) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(kafka.records(
                                    Topics.STUDY_RECEIVED, study.studyKey().toString()))
                            .isNotEmpty());
            kafka.send(Topics.ANALYSIS_PLANNED, study.plan(1, TestStudy.FAR));
            kafka.send(Topics.REPORT_CHANGED, study.report(1, 1, true));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(Rows.of(
                                    database,
                                    "select 1 from outbox where study_key = ? and settled_at is not null",
                                    study.studyKey()))
                            .hasSize(1));
        }
    }
}
