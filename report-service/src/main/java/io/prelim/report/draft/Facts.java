package io.prelim.report.draft;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.ModelRole;
import io.prelim.events.PatientContext;
import io.prelim.events.Priority;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyReceived;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * All that a draft is made of.
 *
 * @param plan          the plan of the highest revision that has one
 * @param study         the images of that revision; null while not known
 * @param context       the newest context; null while not known
 * @param contextDigest of that context; null without one
 * @param outcomes      every answer stored for the study, by outcome id; those the plan does not name are left out of the draft
 * @param overdue       planned answers whose deadline has passed
 * @param signed        ids of what was signed of the study in the reporting system
 * @param priors        earlier studies of the patient, the newest first
 */
public record Facts(
        AnalysisPlanned plan,
        StudyReceived study,
        PatientContext context,
        String contextDigest,
        Map<UUID, StudyAnalyzed> outcomes,
        Set<UUID> overdue,
        Set<UUID> signed,
        List<Prior> priors) {
    private static final Comparator<AnalysisPlanned.Planned> ORDER = Comparator.comparing(
                    (AnalysisPlanned.Planned planned) ->
                            Objects.toString(planned.model().id(), ""))
            .thenComparing(planned -> planned.model().deployment())
            .thenComparing(AnalysisPlanned.Planned::outcomeId);

    public Facts {
        Objects.requireNonNull(plan, "plan");
        outcomes = Map.copyOf(outcomes);
        overdue = Set.copyOf(overdue);
        signed = Set.copyOf(signed);
        priors = List.copyOf(priors);
    }

    /** The same, with what is overdue at a time. */
    public static Facts at(
            Instant now,
            AnalysisPlanned plan,
            StudyReceived study,
            PatientContext context,
            String contextDigest,
            Map<UUID, StudyAnalyzed> outcomes,
            Set<UUID> signed) {
        Set<UUID> overdue = plan.planned().stream()
                .filter(planned -> !planned.deadline().isAfter(now))
                .map(AnalysisPlanned.Planned::outcomeId)
                .collect(Collectors.toSet());
        return new Facts(plan, study, context, contextDigest, outcomes, overdue, signed, List.of());
    }

    /** The same, with earlier studies of the patient. */
    public Facts with(List<Prior> earlier) {
        return new Facts(plan, study, context, contextDigest, outcomes, overdue, signed, earlier);
    }

    /** Urgent as soon as anybody said so: a study may become it after it was planned, and none stops being it. */
    public Priority priority() {
        boolean stat = study != null && study.priority() == Priority.STAT;
        return stat ? Priority.STAT : plan.priority();
    }

    /** When the next awaited answer is overdue; null when none is awaited. */
    public Instant nextDeadline() {
        return awaited().stream()
                .map(AnalysisPlanned.Planned::deadline)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The planned answers that draft, in a fixed order; a role this version does not know drafts nothing. */
    public List<AnalysisPlanned.Planned> active() {
        return plan.planned().stream()
                .filter(planned -> planned.model().role() == ModelRole.ACTIVE)
                .sorted(ORDER)
                .toList();
    }

    /** Active, not answered, and not overdue. */
    public List<AnalysisPlanned.Planned> awaited() {
        return active().stream()
                .filter(planned -> !outcomes.containsKey(planned.outcomeId()))
                .filter(planned -> !overdue.contains(planned.outcomeId()))
                .toList();
    }
}
