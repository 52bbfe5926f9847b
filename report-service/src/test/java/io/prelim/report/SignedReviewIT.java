package io.prelim.report;

import static io.prelim.report.ServiceUnderTest.texts;
import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.events.EventJson;
import io.prelim.events.ModelReference;
import io.prelim.events.ReportReviewed;
import io.prelim.events.ReportReviewed.Difference;
import io.prelim.events.ReportReviewed.Kind;
import io.prelim.events.ReportSigned;
import io.prelim.events.Topics;
import io.prelim.events.UnreadableEvent;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is signed in the reporting system is matched with the draft and measured, in codes. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
class SignedReviewIT {
    private static final ModelReference CHEST = active("chest");

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final Studies study = Studies.fresh();

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void agreementIsTold() {
        drafted(0.93);
        ReportSigned signed =
                study.signed("IMPRESSION: Findings are consistent with pneumonia. Small left pleural effusion.");
        service.send(signed);

        ReportReviewed review = reviewed(1).get(0);

        assertThat(review.source()).isEqualTo(ReportReviewed.Source.REPORTING_SYSTEM);
        assertThat(review.signedReportId()).isEqualTo(signed.signedReportId());
        assertThat(review.differences()).extracting(Difference::kind).containsExactly(Kind.ADDED, Kind.ACCEPTED);
        assertThat(review.differences()).noneMatch(Difference::contradicted);
        assertThat(review.differences().get(0).code().value()).isEqualTo("60046008");
        assertThat(review.differences().get(1).findingId())
                .isEqualTo(study.found(CHEST, 0.93).findings().get(0).findingId());
        service.send(signed);
        service.send(study.signed("No change of mind."));
        assertThat(reviewed(2)).hasSize(2);
    }

    @Test
    void whatSaysTheOppositeRaisesADiscrepancyAndLeavesTheDraftsWords() {
        JsonPath drafted = drafted(0.93);
        service.send(study.signed("No pneumonia, says Dr Canary."));

        ReportReviewed review = reviewed(1).get(0);
        JsonPath report = service.version(study, drafted.getInt("version") + 1);

        assertThat(review.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(Kind.REMOVED);
            assertThat(difference.contradicted()).isTrue();
        });
        assertThat(review.draftVersion()).isEqualTo(drafted.getInt("version"));
        assertThat(texts(report, "IMPRESSION")).isEqualTo(texts(drafted, "IMPRESSION"));
        assertThat(report.getList("reading.discrepancies.kind")).containsExactly("CONTRADICTED");
        assertThat(RestAssured.given()
                        .accept("text/plain")
                        .get("/api/reports/{key}", study.reportKey())
                        .asString()
                        .replaceAll("\\s+", " "))
                .contains("what was signed says the opposite");
        assertThat(told()).noneMatch(each -> each.contains("Canary"));
    }

    private JsonPath drafted(double probability) {
        service.send(study.context(), study.received(), study.plan(FAR, CHEST), study.found(CHEST, probability));
        return service.settled(study);
    }

    private List<ReportReviewed> reviewed(int count) {
        return await().until(this::reviewed, reviews -> reviews.size() >= count);
    }

    private List<ReportReviewed> reviewed() throws UnreadableEvent {
        List<ReportReviewed> reviews = new ArrayList<>();
        for (var each : service.consume(Topics.REPORT_REVIEWED)) {
            if (each.key().equals(study.reportKey().toString())) {
                reviews.add(EventJson.read(each.value(), ReportReviewed.class));
            }
        }
        return reviews;
    }

    private List<String> told() {
        List<String> told = new ArrayList<>();
        service.consume(Topics.REPORT_REVIEWED)
                .forEach(each -> told.add(new String(each.value(), StandardCharsets.UTF_8)));
        service.consume(Topics.REPORT_CHANGED)
                .forEach(each -> told.add(new String(each.value(), StandardCharsets.UTF_8)));
        return told;
    }
}
