package io.prelim.inference.web;

import io.prelim.events.ModelReference;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.model.ModelManifest;
import io.prelim.inference.model.ModelManifest.FindingRule;
import io.prelim.inference.model.SelectionRule;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A deployment as the catalogue shows it. */
public record ModelView(
        ModelReference model, CardView card, SelectionRule selection, List<FindingView> findings, LimitsView limits) {
    static ModelView of(Deployment deployment, LocalDate today) {
        ModelManifest manifest = deployment.modelPackage().manifest();
        return new ModelView(
                deployment.reference(today),
                CardView.of(deployment, today),
                manifest.selection(),
                manifest.findings().stream().map(FindingView::of).toList(),
                new LimitsView(
                        manifest.limits().answerWithin().toSeconds(),
                        manifest.limits().maxPixels()));
    }

    /** @param problem why the card cannot be relied on; absent when it can */
    public record CardView(String clearance, List<String> region, LocalDate expires, boolean expired, String problem) {
        static CardView of(Deployment deployment, LocalDate today) {
            Optional<String> problem = deployment.modelPackage().cardProblem();
            return deployment
                    .modelPackage()
                    .card()
                    .map(card ->
                            new CardView(card.clearance(), card.regions(), card.expires(), card.expired(today), null))
                    .orElseGet(() -> new CardView(null, List.of(), null, false, problem.orElse("no card")));
        }
    }

    /** @param calibration the method */
    public record FindingView(
            String id, io.prelim.events.Code code, double threshold, String calibration, boolean urgent) {
        static FindingView of(FindingRule rule) {
            return new FindingView(
                    rule.id(), rule.code(), rule.threshold(), rule.calibration().method(), rule.urgent());
        }
    }

    public record LimitsView(long deadlineSeconds, long maxPixels) {}
}
