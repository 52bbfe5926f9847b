package io.prelim.inference.model;

import io.prelim.events.Code;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code manifest.yaml}: all that Prelim needs to run a model and to say what its numbers mean. The format is described in
 * {@code models/README.md}.
 *
 * @param id        lower-case letters, digits and {@code -}
 * @param version   three numbers, such as {@code 1.0.0}
 * @param name      for people
 * @param modelFile file name inside the package
 * @param modelSha256 64 hexadecimal digits the model file must have
 * @param findings  at least one
 */
public record ModelManifest(
        String id,
        String version,
        String name,
        String modelFile,
        String modelSha256,
        Input input,
        Outputs outputs,
        List<FindingRule> findings,
        SelectionRule selection,
        Limits limits) {
    public ModelManifest {
        findings = List.copyOf(findings);
    }

    /** The input tensor's name in the graph, and how it is made. */
    public record Input(String name, Preparation preparation) {}

    /** What the graph puts out; scope and saliency are optional. */
    public record Outputs(ScoreOutput finding, Optional<ScopeOutput> scope, Optional<String> saliency) {}

    /** @param activation what turns a raw score into a probability where no calibration does */
    public record ScoreOutput(String name, Activation activation) {}

    /**
     * The model's own judgement whether it should answer at all.
     *
     * @param threshold an image whose value is at most this is read
     * @param reason    what is said of an image that is not
     */
    public record ScopeOutput(String name, double threshold, String reason) {}

    /** See {@link ScoreOutput}. */
    public enum Activation {
        SIGMOID,
        NONE
    }

    /**
     * How one number of the score output becomes a coded finding.
     *
     * @param index     position in the score output, from 0
     * @param threshold on the calibrated probability: at or above is present
     */
    public record FindingRule(
            String id,
            int index,
            Code code,
            @Nullable Code site,
            Calibration calibration,
            double threshold,
            boolean urgent) {}

    /** From raw score to probability. */
    public sealed interface Calibration {
        /** The method's name as it stands in the outcome. */
        String method();

        /** {@code p = sigmoid(slope * score + intercept)} (Platt 1999). */
        record Platt(double slope, double intercept) implements Calibration {
            @Override
            public String method() {
                return "platt";
            }
        }

        /** The activation alone. */
        record Uncalibrated() implements Calibration {
            @Override
            public String method() {
                return "none";
            }
        }
    }

    /**
     * @param answerWithin the time the model claims for one study once its turn has come
     * @param maxPixels    rows × columns × frames of one image
     * @param memory       bytes its process may take; absent: what a model of its size is likely to need
     */
    public record Limits(Duration answerWithin, long maxPixels, OptionalLong memory) {}
}
