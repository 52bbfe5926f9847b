package io.prelim.inference.interpret;

import io.prelim.events.Finding;
import io.prelim.events.Finding.ImageReference;
import io.prelim.events.Finding.Presence;
import io.prelim.events.Ids;
import io.prelim.events.StudyAnalyzed.Reason;
import io.prelim.inference.model.ModelManifest;
import io.prelim.inference.model.ModelManifest.Activation;
import io.prelim.inference.model.ModelManifest.Calibration;
import io.prelim.inference.model.ModelManifest.FindingRule;
import io.prelim.inference.model.ModelManifest.ScopeOutput;
import io.prelim.inference.model.ModelManifest.ScoreOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads raw outputs as the manifest says. Images that the model's scope output refuses are left out; if none is left the answer is
 * {@code NotApplicable}. Over several images a finding takes the highest probability, and names the image it was read from.
 */
public final class Interpreter {
    private Interpreter() {}

    /** @param images at least one, in the study's order */
    public static Answer interpret(ModelManifest manifest, UUID outcomeId, List<ImageScores> images) {
        List<ImageScores> inScope = new ArrayList<>();
        for (ImageScores image : images) {
            Optional<Answer> failed = unreadable(manifest, image.outputs());
            if (failed.isPresent()) {
                return failed.get();
            }
            if (inScope(manifest, image.outputs())) {
                inScope.add(image);
            }
        }
        if (inScope.isEmpty()) {
            return new Answer.NotApplicable(outOfScope(manifest, images.size()));
        }
        List<Finding> findings = manifest.findings().stream()
                .map(rule -> finding(manifest, rule, outcomeId, inScope))
                .toList();
        return new Answer.Findings(findings, List.of());
    }

    /** Why what a model put out, by name, cannot be judged. */
    static Optional<Answer> unreadable(ModelManifest manifest, Map<String, float[]> outputs) {
        return judgedOutputs(manifest).stream()
                .filter(name -> !finite(outputs.get(name)))
                .findFirst()
                .map(name -> new Answer.Failed(new Reason(
                        "output-not-finite", "The model's output \"" + name + "\" holds no finite number.")));
    }

    private static Finding finding(ModelManifest manifest, FindingRule rule, UUID outcomeId, List<ImageScores> images) {
        ScoreOutput output = manifest.outputs().finding().orElseThrow();
        ImageReference source = null;
        double score = 0;
        double probability = -1;
        for (ImageScores image : images) {
            double raw = image.outputs().get(output.name())[rule.index()];
            double calibrated = probability(rule.calibration(), output.activation(), raw);
            if (calibrated > probability) {
                source = image.image();
                score = raw;
                probability = calibrated;
            }
        }
        Presence presence = probability >= rule.threshold() ? Presence.PRESENT : Presence.ABSENT;
        return new Finding(
                Ids.finding(outcomeId, rule.id()),
                rule.id(),
                rule.code(),
                rule.site(),
                null,
                presence,
                probability,
                rule.threshold(),
                score,
                rule.calibration().method(),
                rule.urgent() && presence == Presence.PRESENT,
                List.of(source),
                null);
    }

    private static double probability(Calibration calibration, Activation activation, double score) {
        if (calibration instanceof Calibration.Platt platt) {
            return sigmoid(platt.slope() * score + platt.intercept());
        }
        return activation == Activation.SIGMOID ? sigmoid(score) : Math.min(1, Math.max(0, score));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    static boolean inScope(ModelManifest manifest, Map<String, float[]> outputs) {
        return manifest.outputs()
                .scope()
                .map(scope -> outputs.get(scope.name())[0] <= scope.threshold())
                .orElse(true);
    }

    static Reason outOfScope(ModelManifest manifest, int images) {
        String why = manifest.outputs().scope().map(ScopeOutput::reason).orElse("outside the model's scope");
        return new Reason(
                "out-of-scope",
                images == 1
                        ? "The image is " + why + "."
                        : "None of the " + images + " images is accepted: " + why + ".");
    }

    private static List<String> judgedOutputs(ModelManifest manifest) {
        List<String> names = new ArrayList<>();
        manifest.outputs().finding().map(ScoreOutput::name).ifPresent(names::add);
        manifest.outputs().scope().map(ScopeOutput::name).ifPresent(names::add);
        return names;
    }

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return values.length > 0;
    }
}
