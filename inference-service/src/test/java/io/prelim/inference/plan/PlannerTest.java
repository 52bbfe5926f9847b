package io.prelim.inference.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.AnalysisRequested;
import io.prelim.events.Ids;
import io.prelim.events.Priority;
import io.prelim.events.SeriesSummary;
import io.prelim.events.StudyManifest.Image;
import io.prelim.events.StudyReceived;
import io.prelim.inference.fixture.InMemoryParts;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.fixture.TestStudy;
import io.prelim.inference.model.BadPackage;
import io.prelim.inference.model.Catalogue;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.model.PackageReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static final SeriesSummary PA = new SeriesSummary("1.1", "DX", "CHEST", "PA", null, 1, false, "of 1.1");
    private static final SeriesSummary AP = new SeriesSummary("1.2", "DX", "CHEST", "AP", null, 1, false, "of 1.2");
    private static final SeriesSummary MR = new SeriesSummary("1.3", "MR", null, null, null, 300, false, "of 1.3");
    private static final StudyReceived STUDY = study(Priority.ROUTINE, image -> image);

    @TempDir
    Path folder;

    private Deployment deployment;
    private Planner planner;

    @BeforeEach
    void oneModelInService() throws BadPackage {
        deployment = new Deployment(PackageReader.read(TestPackages.brightness(folder)), false, Optional.empty());
        planner = new Planner(new Catalogue(List.of(deployment), List.of()), Duration.ofMinutes(5));
    }

    @Test
    void plansOneJobForAMatchingStudy() {
        StudyReceived study = study(Priority.STAT, image -> image);

        Plan plan = planner.plan(study, NOW);

        assertThat(plan.planned().declined()).isEmpty();
        assertThat(plan.jobs()).hasSize(1);
        AnalysisRequested job = plan.jobs().get(0);
        assertThat(job.outcomeId()).isEqualTo(plan.planned().planned().get(0).outcomeId());
        assertThat(job.outcomeId())
                .isEqualTo(Ids.outcome(
                        study.studyKey(),
                        study.inputDigest(),
                        job.model().modelDigest(),
                        job.model().manifestDigest()));
        assertThat(job.priority()).isEqualTo(Priority.STAT);
        assertThat(job.deadline()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
        assertThat(job.manifest()).isEqualTo(study.manifest());
    }

    @Test
    void plannedAgainOnlyTimesMove() {
        StudyReceived study = study(Priority.ROUTINE, image -> image);

        Plan first = planner.plan(study, NOW);
        Plan second = planner.plan(study, NOW.plusSeconds(60));

        assertThat(second.planned().planId()).isEqualTo(first.planned().planId());
        assertThat(second.jobs().get(0).outcomeId())
                .isEqualTo(first.jobs().get(0).outcomeId());
        assertThat(second.jobs().get(0).model()).isEqualTo(first.jobs().get(0).model());
        assertThat(second.jobs().get(0).deadline())
                .isEqualTo(first.jobs().get(0).deadline().plusSeconds(60));
    }

    @Test
    void saysWhyAModelDoesNotApply() {
        Plan plan = planner.plan(study(Priority.ROUTINE, image -> TestStudy.withModality(image, "MR")), NOW);

        assertThat(plan.jobs()).isEmpty();
        assertThat(plan.planned().planned()).isEmpty();
        assertThat(plan.planned().declined())
                .singleElement()
                .satisfies(declined -> assertThat(declined.reason()).isEqualTo("modality MR is not CR or DX"));
    }

    @Test
    void doesNotRepeatWhatIsNoCode() {
        Plan plan = planner.plan(study(Priority.ROUTINE, image -> TestStudy.withModality(image, "Doe^Jane\n<b>")), NOW);

        assertThat(plan.planned().declined().get(0).reason()).isEqualTo("modality (not a code) is not CR or DX");
    }

    @Test
    void declinesMoreImagesThanTheModelReads() {
        StudyReceived study = series(
                new SeriesSummary("1.2", "DX", "CHEST", "AP", null, 2, false, null),
                new SeriesSummary("1.3", "CR", null, null, null, 1, false, null));

        assertThat(planner.plan(study, NOW).planned().declined().get(0).reason())
                .isEqualTo("3 matching images, at most 2 are read");
    }

    @Test
    void oneMatchingSeriesIsEnough() {
        StudyReceived study = series(
                new SeriesSummary("1.2", "MR", null, null, null, 300, false, null),
                new SeriesSummary("1.3", "CR", "chest ", null, null, 1, false, null));

        assertThat(planner.plan(study, NOW).jobs()).hasSize(1);
    }

    @Test
    void declinesWhatMayShowIdentity() {
        StudyReceived study = series(new SeriesSummary("1.2", "DX", "CHEST", "AP", null, 1, true, null));

        assertThat(planner.plan(study, NOW).planned().declined().get(0).reason())
                .isEqualTo("identity may be burned into the pixels");
    }

    @Test
    void withoutSeriesNothingApplies() {
        assertThat(planner.plan(series(), NOW).planned().declined().get(0).reason())
                .isEqualTo("the study has no series");
    }

    @Test
    void aLateSeriesTheModelDoesNotReadLeavesItsAnswer() {
        Plan first = planner.plan(revision(1, "study 1", null, null, PA), NOW);
        UUID answer = first.jobs().get(0).outcomeId();

        Plan second = planner.plan(revision(2, "study 2", List.of(answer), null, PA, MR), NOW);

        assertThat(second.planned().planId()).isNotEqualTo(first.planned().planId());
        assertThat(second.jobs()).isEmpty();
        assertThat(second.planned().planned()).singleElement().satisfies(planned -> {
            assertThat(planned.outcomeId()).isEqualTo(answer);
            assertThat(planned.carriedOver()).isTrue();
        });
    }

    @Test
    void whatHasNotAnsweredIsAskedAgainUnderTheSameId() {
        Plan first = planner.plan(revision(1, "study 1", null, null, PA), NOW);

        Plan second = planner.plan(revision(2, "study 2", List.of(UUID.randomUUID()), null, PA, MR), NOW);

        assertThat(second.jobs()).singleElement().satisfies(job -> {
            assertThat(job.outcomeId()).isEqualTo(first.jobs().get(0).outcomeId());
            assertThat(job.inputDigest()).isEqualTo(first.jobs().get(0).inputDigest());
            assertThat(job.revision()).isEqualTo(2);
        });
        assertThat(second.planned().planned().get(0).carriedOver()).isNull();
    }

    @Test
    void aLateSeriesTheModelReadsIsAnotherInput() {
        Plan first = planner.plan(revision(1, "study 1", null, null, PA), NOW);
        UUID answer = first.jobs().get(0).outcomeId();

        Plan second = planner.plan(revision(2, "study 2", List.of(answer), null, PA, AP), NOW);

        assertThat(second.jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.outcomeId()).isNotEqualTo(answer));
    }

    @Test
    void theOrderOfSeriesIsNoOtherInput() {
        Plan one = planner.plan(revision(1, "study", null, null, PA, AP), NOW);
        Plan other = planner.plan(revision(1, "study", null, null, AP, PA), NOW);

        assertThat(one.jobs().get(0).outcomeId()).isEqualTo(other.jobs().get(0).outcomeId());
    }

    @Test
    void withoutTheDigestOfEverySeriesTheStudysCounts() {
        SeriesSummary unknown = new SeriesSummary("1.9", "MR", null, null, null, 1, false, null);

        Plan plan = planner.plan(revision(1, "study 1", null, null, PA, unknown), NOW);

        assertThat(plan.jobs().get(0).inputDigest()).isEqualTo("study 1");
        assertThat(plan.planned().planned().get(0).inputDigest()).isEqualTo("study 1");
    }

    @Test
    void whatWasPlannedStaysWhenAModelComes() throws Exception {
        AnalysisPlanned known =
                planner.plan(revision(1, "study", null, null, PA), NOW).planned();
        Planner later = new Planner(new Catalogue(List.of(deployment, another()), List.of()), Duration.ofMinutes(5));
        assertThat(later.plan(revision(1, "study", null, null, PA), NOW).jobs()).hasSize(2);

        Plan again = later.plan(revision(1, "study", null, known, PA), NOW.plusSeconds(60));

        assertThat(again.planned().planId()).isEqualTo(known.planId());
        assertThat(again.planned().planned()).singleElement().satisfies(planned -> {
            assertThat(planned.outcomeId()).isEqualTo(known.planned().get(0).outcomeId());
            assertThat(planned.model()).isEqualTo(known.planned().get(0).model());
            assertThat(planned.deadline())
                    .isEqualTo(known.planned().get(0).deadline().plusSeconds(60));
        });
        assertThat(again.jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.outcomeId())
                        .isEqualTo(known.planned().get(0).outcomeId()));
    }

    @Test
    void aRetiredModelStaysPlannedAndGetsNoJob() {
        AnalysisPlanned known =
                planner.plan(revision(1, "study", null, null, PA), NOW).planned();
        Planner later = new Planner(Catalogue.EMPTY, Duration.ofMinutes(5));

        Plan again = later.plan(revision(1, "study", null, known, PA), NOW);

        assertThat(again.planned()).isEqualTo(known);
        assertThat(again.jobs()).isEmpty();
    }

    @Test
    void whatWasPlannedTravelsOnTheOtherLaneWhenTheStudyBecomesUrgent() {
        AnalysisPlanned known =
                planner.plan(study(Priority.ROUTINE, image -> image), NOW).planned();

        Plan urgent = planner.plan(study(Priority.STAT, image -> image).withPlan(known), NOW);

        assertThat(urgent.planned().priority()).isEqualTo(Priority.STAT);
        assertThat(urgent.jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.priority()).isEqualTo(Priority.STAT));
    }

    private static StudyReceived study(Priority priority, UnaryOperator<Image> change) {
        return TestStudy.of(new InMemoryParts(), priority, change).received();
    }

    @Test
    void aBackfillAddsTheModelMeantAndNoOther() throws Exception {
        Deployment another = another();
        Planner both = new Planner(new Catalogue(List.of(deployment, another), List.of()), Duration.ofMinutes(5));
        AnalysisPlanned plan =
                planner.plan(revision(1, "study", null, null, PA), NOW).planned();
        StudyReceived.Backfill asked = new StudyReceived.Backfill(UUID.randomUUID(), another.name());
        StudyReceived study = revision(1, "study", null, plan, PA);

        Plan addition = both.plan(study.backfilled(asked, List.of()), NOW);

        assertThat(addition.planned().backfill()).isEqualTo(asked.id());
        assertThat(addition.planned().planId()).isEqualTo(Ids.addition(plan.planId(), asked.id()));
        assertThat(addition.planned().planned())
                .singleElement()
                .satisfies(planned -> assertThat(planned.model().deployment()).isEqualTo(another.name()));
        assertThat(addition.jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.priority()).isEqualTo(Priority.ROUTINE));
        UUID answer = addition.jobs().get(0).outcomeId();
        assertThat(both.plan(study.backfilled(asked, List.of(answer)), NOW).jobs())
                .isEmpty();
    }

    @Test
    void aBackfillOfAModelThatIsNotThereAddsNothing() {
        StudyReceived.Backfill asked = new StudyReceived.Backfill(UUID.randomUUID(), "sha256:" + "0".repeat(64));

        Plan addition = planner.plan(revision(1, "study", null, null, PA).backfilled(asked, List.of()), NOW);

        assertThat(addition.planned().planned()).isEmpty();
        assertThat(addition.planned().declined()).isEmpty();
        assertThat(addition.jobs()).isEmpty();
    }

    private Deployment another() throws BadPackage {
        Path other = TestPackages.write(
                folder.resolve("another"),
                "brightness.onnx",
                TestPackages.manifest("brightness.onnx").replace("id: brightness", "id: another"),
                null);
        return new Deployment(PackageReader.read(other), false, Optional.empty());
    }

    private static StudyReceived series(SeriesSummary... series) {
        return revision(1, "study", null, null, series);
    }

    private static StudyReceived revision(
            int revision, String inputDigest, List<UUID> answered, AnalysisPlanned plan, SeriesSummary... series) {
        StudyReceived study = STUDY;
        return new StudyReceived(
                study.studyKey(),
                study.studyInstanceUid(),
                revision,
                inputDigest,
                study.priority(),
                study.site(),
                study.procedure(),
                study.subject(),
                study.instances(),
                List.of(series),
                study.manifest(),
                study.receivedAt(),
                study.completedAt(),
                null,
                answered,
                plan,
                null);
    }
}
