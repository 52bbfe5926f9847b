package io.prelim.inference.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.prelim.events.ModelReference;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.model.ModelManifest;
import io.prelim.inference.model.ModelManifest.FindingRule;
import io.prelim.inference.model.SelectionRule;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A deployment as the catalogue shows it.
 *
 * @param provider      ONNX Runtime's execution provider that computes it; absent where this process does not
 * @param packageDigest over all its files, as it is pinned and signed
 * @param whyShadow     absent when it is active
 * @param whyResearch   absent when it is cleared where the site is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelView(
        ModelReference model,
        @Nullable String provider,
        String packageDigest,
        @Nullable String whyShadow,
        @Nullable String whyResearch,
        CardView card,
        SelectionRule selection,
        List<FindingView> findings,
        LimitsView limits) {
    static ModelView of(Deployment deployment, Optional<String> provider, LocalDate today) {
        ModelManifest manifest = deployment.modelPackage().manifest();
        return new ModelView(
                deployment.reference(today),
                provider.orElse(null),
                deployment.modelPackage().digest(),
                deployment.whyShadow(today).orElse(null),
                deployment.whyResearchOnly().orElse(null),
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
