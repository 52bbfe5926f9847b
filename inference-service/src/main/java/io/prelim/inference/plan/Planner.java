package io.prelim.inference.plan;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.AnalysisPlanned.Declined;
import io.prelim.events.AnalysisPlanned.Planned;
import io.prelim.events.AnalysisRequested;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.events.SeriesSummary;
import io.prelim.events.StudyReceived;
import io.prelim.inference.model.Catalogue;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.model.SelectionRule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which deployments must answer a study.
 *
 * <p>A study planned again with the same catalogue gets the same plan id, outcome ids, models and reasons; only {@code plannedAt} and
 * the deadlines move, because what is planned after an outage must have its time all the same.
 */
public final class Planner {
    private static final int MAX_REASONS = 3;

    private final Catalogue catalogue;
    private final Duration answerWithin;

    /** @param answerWithin from planning to deadline, waiting included; a model that claims more gets more */
    public Planner(Catalogue catalogue, Duration answerWithin) {
        this.catalogue = catalogue;
        this.answerWithin = answerWithin;
    }

    public Plan plan(StudyReceived study, Instant now) {
        List<Planned> planned = new ArrayList<>();
        List<Declined> declined = new ArrayList<>();
        List<AnalysisRequested> jobs = new ArrayList<>();
        for (Deployment deployment : catalogue.deployments()) {
            ModelReference model =
                    deployment.reference(now.atZone(ZoneOffset.UTC).toLocalDate());
            Optional<String> refusal = refusal(study, deployment);
            if (refusal.isPresent()) {
                declined.add(new Declined(model, refusal.get()));
                continue;
            }
            AnalysisRequested job = job(study, deployment, model, now);
            planned.add(new Planned(model, job.outcomeId(), job.deadline()));
            jobs.add(job);
        }
        return new Plan(
                new AnalysisPlanned(
                        Ids.plan(study.studyKey(), study.revision(), study.inputDigest()),
                        study.studyKey(),
                        study.studyInstanceUid(),
                        study.revision(),
                        study.inputDigest(),
                        study.priority(),
                        planned,
                        declined,
                        now),
                jobs);
    }

    private AnalysisRequested job(StudyReceived study, Deployment deployment, ModelReference model, Instant now) {
        Duration claimed = deployment.modelPackage().manifest().limits().answerWithin();
        Duration within = claimed.compareTo(answerWithin) > 0 ? claimed : answerWithin;
        return new AnalysisRequested(
                Ids.outcome(study.studyKey(), study.inputDigest(), model.modelDigest(), model.manifestDigest()),
                study.studyKey(),
                study.studyInstanceUid(),
                study.revision(),
                study.inputDigest(),
                model,
                study.priority(),
                study.manifest(),
                // which images match is seen in the manifest part: the worker asks the same rule about each of them
                List.of(),
                now,
                now.plus(within));
    }

    private static Optional<String> refusal(StudyReceived study, Deployment deployment) {
        SelectionRule rule = deployment.modelPackage().manifest().selection();
        String ageBand = study.subject() == null ? null : study.subject().ageBand();
        Optional<String> age = rule.ageBand().refusal("age band", ageBand);
        if (age.isPresent()) {
            return age;
        }
        Set<String> reasons = new LinkedHashSet<>();
        long images = 0;
        for (SeriesSummary series : study.series()) {
            Optional<String> reason =
                    rule.refusal(series.modality(), series.bodyPart(), series.viewPosition(), series.burnedIn());
            if (reason.isPresent()) {
                reasons.add(reason.get());
            } else {
                images += series.instances();
            }
        }
        if (images > rule.maxImages()) {
            return Optional.of(images + " matching images, at most " + rule.maxImages() + " are read");
        }
        if (images > 0) {
            return Optional.empty();
        }
        return Optional.of(
                reasons.isEmpty()
                        ? "the study has no series"
                        : reasons.stream().limit(MAX_REASONS).collect(java.util.stream.Collectors.joining("; ")));
    }
}
