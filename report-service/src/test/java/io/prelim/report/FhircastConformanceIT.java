package io.prelim.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.fhircast.Checker;
import io.prelim.fhircast.Options;
import io.prelim.fhircast.Result;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The hub as the checker that is for any hub sees it: nothing fails, nothing is missing. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
class FhircastConformanceIT {
    @Test
    void everyRuleIsKept() {
        URI hub = URI.create("http://127.0.0.1:" + RestAssured.port + "/fhircast");
        Options options =
                new Options(hub, UUID.randomUUID().toString(), null, Duration.ofSeconds(5), Duration.ofSeconds(4));

        List<Result> results = new Checker(options).run(result -> {});

        assertThat(results)
                .hasSameSizeAs(Checker.rules())
                .allSatisfy(each -> assertThat(each.outcome())
                        .as(each.rule().name() + ": " + each.found())
                        .isEqualTo(Result.Outcome.PASS));
    }
}
