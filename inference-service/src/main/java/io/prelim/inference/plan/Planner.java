package io.prelim.inference.plan;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.AnalysisPlanned.Declined;
import io.prelim.events.AnalysisPlanned.Planned;
import io.prelim.events.AnalysisRequested;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.events.StudyReceived;
import io.prelim.inference.model.Catalogue;
import io.prelim.inference.model.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides which deployments must answer a study: once. What was planned for a revision stays planned for it, whatever came into service
 * since, unless a backfill adds to it; an answer that an earlier revision got to the same images is not asked for again.
 *
 * <p>A study planned again with the same catalogue gets the same plan id, outcome ids, models and reasons; only {@code plannedAt} and
 * the deadlines move, because what is planned after an outage must have its time all the same.
 */
public final class Planner {
    private final Catalogue catalogue;
    private final Duration answerWithin;

    /** @param answerWithin from planning to deadline, waiting included; a model that claims more gets more */
    public Planner(Catalogue catalogue, Duration answerWithin) {
        this.catalogue = catalogue;
        this.answerWithin = answerWithin;
    }

    public Plan plan(StudyReceived study, Instant now) {
        if (study.backfill() != null) {
            return addition(study, study.backfill(), now);
        }
        return study.plan() == null ? anew(study, now) : again(study, study.plan(), now);
    }

    private Plan anew(StudyReceived study, Instant now) {
        UUID planId = Ids.plan(study.studyKey(), study.revision(), study.inputDigest());
        return plan(study, planId, null, catalogue.deployments(), now);
    }

    /** Of the deployments meant, which may be none. */
    private Plan addition(StudyReceived study, StudyReceived.Backfill asked, Instant now) {
        UUID planId = Ids.plan(study.studyKey(), study.revision(), study.inputDigest());
        List<Deployment> meant = catalogue.deployments().stream()
                .filter(each -> each.name().equals(asked.model())
                        || each.modelPackage().modelDigest().equals(asked.model()))
                .toList();
        return plan(study, Ids.addition(planId, asked.id()), asked.id(), meant, now);
    }

    private Plan plan(
            StudyReceived study, UUID planId, @Nullable UUID backfill, List<Deployment> deployments, Instant now) {
        List<Planned> planned = new ArrayList<>();
        List<Declined> declined = new ArrayList<>();
        for (Deployment deployment : deployments) {
            ModelReference model =
                    deployment.reference(now.atZone(ZoneOffset.UTC).toLocalDate());
            ModelInput input =
                    ModelInput.of(study, deployment.modelPackage().manifest().selection());
            if (input.refusal().isPresent()) {
                declined.add(new Declined(model, input.refusal().get()));
            } else {
                planned.add(planned(study, model, input.digest(), now.plus(within(deployment))));
            }
        }
        AnalysisPlanned plan = new AnalysisPlanned(
                planId,
                study.studyKey(),
                study.studyInstanceUid(),
                study.revision(),
                study.inputDigest(),
                study.priority(),
                planned,
                declined,
                now,
                backfill);
        return new Plan(plan, jobs(study, plan));
    }

    private static Planned planned(StudyReceived study, ModelReference model, String inputDigest, Instant deadline) {
        UUID outcomeId = Ids.outcome(study.studyKey(), inputDigest, model.modelDigest(), model.manifestDigest());
        boolean answered = study.answered() != null && study.answered().contains(outcomeId);
        return new Planned(model, outcomeId, deadline, inputDigest, answered ? Boolean.TRUE : null);
    }

    private Duration within(Deployment deployment) {
        Duration claimed = deployment.modelPackage().manifest().limits().answerWithin();
        return claimed.compareTo(answerWithin) > 0 ? claimed : answerWithin;
    }

    /** As it was, each answer with the time it had. */
    private Plan again(StudyReceived study, AnalysisPlanned known, Instant now) {
        AnalysisPlanned plan = new AnalysisPlanned(
                known.planId(),
                known.studyKey(),
                known.studyInstanceUid(),
                known.revision(),
                known.inputDigest(),
                study.priority(),
                known.planned().stream()
                        .map(each -> new Planned(
                                each.model(),
                                each.outcomeId(),
                                now.plus(Duration.between(known.plannedAt(), each.deadline())),
                                each.inputDigest(),
                                each.carriedOver()))
                        .toList(),
                known.declined(),
                now);
        return new Plan(plan, jobs(study, plan));
    }

    /** For what must still answer and is in service, be it with other bytes: its workers say then that what was planned is retired. */
    private List<AnalysisRequested> jobs(StudyReceived study, AnalysisPlanned plan) {
        return plan.planned().stream()
                .filter(each -> !Boolean.TRUE.equals(each.carriedOver()))
                .filter(each -> catalogue.byName(each.model().deployment()).isPresent())
                .map(each -> new AnalysisRequested(
                        each.outcomeId(),
                        study.studyKey(),
                        study.studyInstanceUid(),
                        study.revision(),
                        each.inputDigest() == null ? study.inputDigest() : each.inputDigest(),
                        each.model(),
                        study.priority(),
                        study.manifest(),
                        // which images match is seen in the manifest part: the worker asks the same rule about each of
                        // them
                        List.of(),
                        plan.plannedAt(),
                        each.deadline()))
                .toList();
    }
}
