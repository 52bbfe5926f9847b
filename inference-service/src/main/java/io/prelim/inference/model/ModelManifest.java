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
 * @param findings  at least one, or none of a segmenter, whose findings are those of its output
 * @param occlusion how findings are explained where no output does
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
        Limits limits,
        Optional<Occlusion> occlusion) {
    public ModelManifest {
        findings = List.copyOf(findings);
    }

    /** The input tensor's name in the graph, and how it is made. */
    public record Input(String name, Preparation preparation) {}

    /**
     * Squares of the input are covered one after the other; where the score drops, the finding was seen (Zeiler and Fergus 2014).
     *
     * @param patch  side of a square, pixels of the tensor
     * @param stride from one square to the next, at most {@code patch}
     * @param value  what the tensor holds under a square
     */
    public record Occlusion(int patch, int stride, double value) {
        /** Squares along a side of so many pixels; the last one ends with it. */
        public int steps(int side) {
            return (Math.max(0, side - patch) + stride - 1) / stride + 1;
        }

        /** Where a square begins. */
        public int start(int step, int side) {
            return Math.max(0, Math.min(step * stride, side - patch));
        }
    }

    /** What the graph puts out: scores or a segmentation, never both; scope and saliency are optional. */
    public record Outputs(
            Optional<ScoreOutput> finding,
            Optional<SegmentationOutput> segmentation,
            Optional<ScopeOutput> scope,
            Optional<String> saliency) {
        /** @throws IllegalArgumentException if there are scores and a segmentation, or neither */
        public Outputs {
            if (finding.isPresent() == segmentation.isPresent()) {
                throw new IllegalArgumentException("scores or a segmentation, one of them");
            }
        }

        /** The name of the output that findings are read from. */
        public String answer() {
            return finding.map(ScoreOutput::name)
                    .orElseGet(() -> segmentation.orElseThrow().name());
        }
    }

    /** @param activation what turns a raw score into a probability where no calibration does */
    public record ScoreOutput(String name, Activation activation) {}

    /**
     * What each voxel of a volume is.
     *
     * @param findings at least one
     */
    public record SegmentationOutput(String name, Form form, List<SegmentRule> findings) {
        public SegmentationOutput {
            findings = List.copyOf(findings);
        }
    }

    /** How the graph puts a segmentation out, over a box of depth × height × width. */
    public enum Form {
        /** A whole number from 0 to 255 a voxel. */
        LABELS,
        /** Channels × depth × height × width: a voxel's label is the channel of its highest score, the first of several. */
        SCORES
    }

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

    /**
     * How one label of a segmentation becomes a coded finding.
     *
     * @param label   1 to 255; 0 is what is none
     * @param atLeast of the measure, in its unit: from there on the finding is present
     */
    public record SegmentRule(
            String id, int label, Code code, @Nullable Code site, Measure measure, double atLeast, boolean urgent) {}

    /** What is measured of a label's voxels. */
    public sealed interface Measure {
        /** All of them together, mL. */
        record Volume() implements Measure {}

        /**
         * The number of parts that hang together over faces, edges or corners (26 neighbours).
         *
         * @param minimumVolume mL; smaller parts do not count
         */
        record Count(double minimumVolume) implements Measure {}
    }

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
