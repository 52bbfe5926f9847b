package io.prelim.report;

import static io.prelim.report.ServiceUnderTest.texts;
import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.Code;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.events.ModelRole;
import io.prelim.events.StudyAnalyzed;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A revision in which a model has the same images as in the one before; and what a backfill adds to one. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
class RevisionIT {
    private static final ModelReference CHEST = active("chest");
    private static final ModelReference BONE = active("bone");

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final Studies study = Studies.fresh();
    private final Studies revised = study.revised();

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void anAnswerThatIsCarriedOverNeedNotComeAgain() {
        service.send(study.received(), study.plan(FAR, CHEST), study.found(CHEST, 0.83));
        service.settled(study);

        service.send(revised.received(), revised.plan(List.of(carriedOver(CHEST)), List.of()));

        JsonPath report = service.settled(revised);
        assertThat(texts(report, "IMPRESSION")).first().isEqualTo("Probable pneumonia.");
        assertThat(service.published(study.reportKey()))
                .last()
                .satisfies(change -> assertThat(change.outcomeIds()).containsExactly(study.outcomeId(CHEST)));
    }

    @Test
    void beneathWhatIsNewTheReportWaitsForTheNewAlone() {
        service.send(study.received(), study.plan(FAR, CHEST), study.found(CHEST, 0.83));
        service.settled(study);
        AnalysisPlanned.Planned bone = revised.plan(FAR, BONE).planned().get(0);

        service.send(revised.received(), revised.plan(List.of(carriedOver(CHEST), bone), List.of()));

        await().untilAsserted(() -> {
            JsonPath draft = service.report(study.reportKey());
            assertThat(draft.getInt("revision")).isEqualTo(2);
            assertThat(draft.getBoolean("settled")).isFalse();
            assertThat(texts(draft, "IMPRESSION")).first().isEqualTo("Probable pneumonia.");
        });
        service.send(revised.found(BONE, 0.02));
        service.settled(revised);
    }

    @Test
    void whatFailedIsAwaitedAgainAndAnAnswerTakesItsPlace() {
        StudyAnalyzed failed = study.outcome(CHEST, StudyAnalyzed.Status.FAILED, "part-unavailable", "Not read.");
        service.send(study.received(), study.plan(FAR, CHEST), failed);
        service.settled(study);
        service.send(
                revised.received(),
                revised.plan(List.of(new AnalysisPlanned.Planned(CHEST, study.outcomeId(CHEST), FAR)), List.of()));
        await().untilAsserted(() -> {
            JsonPath draft = service.report(study.reportKey());
            assertThat(draft.getInt("revision")).isEqualTo(2);
            assertThat(draft.getBoolean("settled")).isFalse();
        });

        service.send(study.found(CHEST, 0.83), failed);

        assertThat(texts(service.settled(revised), "IMPRESSION")).first().isEqualTo("Probable pneumonia.");
    }

    @Test
    void aShadowThatABackfillAddsWritesNoVersion() {
        ModelReference shadow = Studies.model("shadow-" + UUID.randomUUID(), ModelRole.SHADOW, false);
        service.send(study.received(), study.plan(FAR, CHEST), study.found(CHEST, 0.83));
        int version = service.settled(study).getInt("version");

        service.send(addition(shadow), study.found(shadow, 0.9));

        await().untilAsserted(() -> RestAssured.get("/api/models/{digest}/comparison", shadow.modelDigest())
                .then()
                .statusCode(200)
                .body("studies", is(1))
                .body("against[0].model.deployment", is(CHEST.deployment())));
        assertThat(service.report(study.reportKey()).getInt("version")).isEqualTo(version);
    }

    @Test
    void whatABackfillAddsAmendsTheSettledReportOnceItHasAnswered() {
        service.send(study.received(), study.plan(FAR, CHEST), study.found(CHEST, 0.02));
        int version = service.settled(study).getInt("version");
        service.send(addition(BONE));

        service.send(study.found(BONE, "fracture", new Code("SCT", "125605004", "Fracture"), 0.9, 0.5));

        JsonPath report = service.version(study, version + 1);
        assertThat(texts(report, "IMPRESSION")).first().asString().containsIgnoringCase("fracture");
        assertThat(service.published(study.reportKey()))
                .filteredOn(change -> change.version() >= version)
                .hasSize(2)
                .allMatch(change -> change.settled());
    }

    private AnalysisPlanned addition(ModelReference model) {
        AnalysisPlanned plan = study.plan(FAR, model);
        UUID backfill = UUID.randomUUID();
        return new AnalysisPlanned(
                Ids.addition(plan.planId(), backfill),
                plan.studyKey(),
                plan.studyInstanceUid(),
                plan.revision(),
                plan.inputDigest(),
                plan.priority(),
                plan.planned(),
                List.of(new AnalysisPlanned.Declined(model, "said to the ledger alone")),
                plan.plannedAt(),
                backfill);
    }

    private AnalysisPlanned.Planned carriedOver(ModelReference model) {
        return new AnalysisPlanned.Planned(model, study.outcomeId(model), FAR, study.input(), true);
    }
}
