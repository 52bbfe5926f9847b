package io.prelim.inference.plan;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path folder;

    private Planner planner;

    @BeforeEach
    void oneModelInService() throws BadPackage {
        Deployment deployment =
                new Deployment(PackageReader.read(TestPackages.brightness(folder)), false, Optional.empty());
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
                new SeriesSummary("1.2", "DX", "CHEST", "AP", null, 2, false),
                new SeriesSummary("1.3", "CR", null, null, null, 1, false));

        assertThat(planner.plan(study, NOW).planned().declined().get(0).reason())
                .isEqualTo("3 matching images, at most 2 are read");
    }

    @Test
    void oneMatchingSeriesIsEnough() {
        StudyReceived study = series(
                new SeriesSummary("1.2", "MR", null, null, null, 300, false),
                new SeriesSummary("1.3", "CR", "chest ", null, null, 1, false));

        assertThat(planner.plan(study, NOW).jobs()).hasSize(1);
    }

    @Test
    void declinesWhatMayShowIdentity() {
        StudyReceived study = series(new SeriesSummary("1.2", "DX", "CHEST", "AP", null, 1, true));

        assertThat(planner.plan(study, NOW).planned().declined().get(0).reason())
                .isEqualTo("identity may be burned into the pixels");
    }

    @Test
    void withoutSeriesNothingApplies() {
        assertThat(planner.plan(series(), NOW).planned().declined().get(0).reason())
                .isEqualTo("the study has no series");
    }

    private static StudyReceived study(Priority priority, UnaryOperator<Image> change) {
        return TestStudy.of(new InMemoryParts(), priority, change).received();
    }

    private static StudyReceived series(SeriesSummary... series) {
        StudyReceived study = study(Priority.ROUTINE, image -> image);
        return new StudyReceived(
                study.studyKey(),
                study.studyInstanceUid(),
                study.revision(),
                study.inputDigest(),
                study.priority(),
                study.site(),
                study.procedure(),
                study.subject(),
                study.instances(),
                List.of(series),
                study.manifest(),
                study.receivedAt(),
                study.completedAt());
    }
}
