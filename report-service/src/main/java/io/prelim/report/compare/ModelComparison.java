package io.prelim.report.compare;

import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.ModelReference;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyAnalyzed.Status;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A model beside the others that answered the same inputs.
 *
 * @param model   as its newest answer names it
 * @param studies it answered beside another, each counted once
 * @param against one for each of the others, the one with most studies first
 */
public record ModelComparison(ModelReference model, int studies, List<Against> against) {

    /**
     * Beside one other model.
     *
     * @param statuses how often which answers met: this model's, then the other's
     * @param findings that both judge, by code
     */
    public record Against(
            ModelReference model,
            int studies,
            Map<Status, Map<Status, Integer>> statuses,
            List<FindingAgreement> findings,
            Latency latency,
            Latency otherLatency) {}

    /** Adds up pairs of answers to the same input. */
    public static final class Tally {
        private final Map<String, Other> others = new LinkedHashMap<>();
        private final Set<UUID> outcomes = new HashSet<>();
        private ModelReference model;

        /**
         * @param one   an answer of the model; the newest first
         * @param other another model's answer to the same input
         */
        public void add(StudyAnalyzed one, StudyAnalyzed other) {
            if (model == null) {
                model = one.model();
            }
            outcomes.add(one.outcomeId());
            others.computeIfAbsent(other.model().modelDigest(), digest -> new Other(other.model()))
                    .add(one, other);
        }

        /** @return null when nothing was added */
        public ModelComparison result() {
            if (model == null) {
                return null;
            }
            List<Against> against = others.values().stream()
                    .map(Other::result)
                    .sorted((one, other) -> other.studies() - one.studies())
                    .toList();
            return new ModelComparison(model, outcomes.size(), against);
        }
    }

    private static final class Other {
        private final ModelReference model;
        private final Map<Status, Map<Status, Integer>> statuses = new EnumMap<>(Status.class);
        private final Map<Code, FindingAgreement.Tally> findings = new LinkedHashMap<>();
        private final Latency.Tally latency = new Latency.Tally();
        private final Latency.Tally otherLatency = new Latency.Tally();
        private int studies;

        Other(ModelReference model) {
            this.model = model;
        }

        void add(StudyAnalyzed one, StudyAnalyzed other) {
            studies++;
            statuses.computeIfAbsent(one.status(), status -> new EnumMap<>(Status.class))
                    .merge(other.status(), 1, Integer::sum);
            latency.add(one.timings());
            otherLatency.add(other.timings());
            for (Finding finding : one.findings()) {
                other.findings().stream()
                        .filter(each -> each.code()
                                        .value()
                                        .equals(finding.code().value())
                                && each.code().scheme().equals(finding.code().scheme()))
                        .findFirst()
                        .ifPresent(each -> findings.computeIfAbsent(finding.code(), FindingAgreement.Tally::new)
                                .add(finding, each));
            }
        }

        Against result() {
            return new Against(
                    model,
                    studies,
                    statuses,
                    findings.values().stream()
                            .filter(each -> !each.isEmpty())
                            .map(FindingAgreement.Tally::result)
                            .toList(),
                    latency.result(),
                    otherLatency.result());
        }
    }
}
