package io.prelim.inference.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.prelim.events.Code;
import io.prelim.events.ModelReference;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.model.ModelManifest;
import io.prelim.inference.model.ModelManifest.FindingRule;
import io.prelim.inference.model.ModelManifest.Measure;
import io.prelim.inference.model.ModelManifest.SegmentRule;
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
                FindingView.of(manifest),
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

    /**
     * A finding, with threshold and calibration of a probability or with a measure.
     *
     * @param calibration the method
     * @param measure     {@code volume} in mL or {@code count}
     * @param atLeast     of the measure
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FindingView(
            String id,
            Code code,
            @Nullable Double threshold,
            @Nullable String calibration,
            @Nullable String measure,
            @Nullable Double atLeast,
            boolean urgent) {
        static List<FindingView> of(ModelManifest manifest) {
            return manifest.outputs()
                    .segmentation()
                    .map(output ->
                            output.findings().stream().map(FindingView::of).toList())
                    .orElseGet(() ->
                            manifest.findings().stream().map(FindingView::of).toList());
        }

        private static FindingView of(FindingRule rule) {
            return new FindingView(
                    rule.id(), rule.code(), rule.threshold(), rule.calibration().method(), null, null, rule.urgent());
        }

        private static FindingView of(SegmentRule rule) {
            String measure = rule.measure() instanceof Measure.Count ? "count" : "volume";
            return new FindingView(rule.id(), rule.code(), null, null, measure, rule.atLeast(), rule.urgent());
        }
    }

    public record LimitsView(long deadlineSeconds, long maxPixels) {}
}
