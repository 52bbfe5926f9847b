package io.prelim.ingest.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.prelim.ingest.ServiceUnderTest;
import io.prelim.store.SegmentFailure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A volume that failed once is seen wherever an operator looks; the store's own tests make it fail. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
class StoreStateIT {
    @Inject
    StoreState state;

    @Test
    void aFailedSyncIsSeenInHealthMetricsApiAndLog() throws Exception {
        state.failed(new SegmentFailure(
                4711, Instant.parse("2026-11-26T10:00:00Z"), "java.io.IOException: Input/output error"));

        RestAssured.get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'store' }.data.recovered", equalTo(true))
                .body("checks.find { it.name == 'store' }.data.lastFailureSegment", equalTo(4711))
                .body("checks.find { it.name == 'store' }.data.lastFailureAt", equalTo("2026-11-26T10:00:00Z"))
                .body("checks.find { it.name == 'store' }.data.lastFailure", containsString("Input/output error"));
        RestAssured.get("/api/store")
                .then()
                .statusCode(200)
                .body("writable", equalTo(true))
                .body("lastFailure.segment", equalTo(4711));
        assertThat(RestAssured.get("/q/metrics").asString())
                .containsPattern("prelim_ingest_store_failures_total [1-9]");
        assertThat(Files.readString(ServiceUnderTest.LOG)).contains("INGEST-3101 ");
    }
}
