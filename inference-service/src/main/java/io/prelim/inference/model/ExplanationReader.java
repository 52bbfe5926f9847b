package io.prelim.inference.model;

import io.prelim.inference.model.ModelManifest.Occlusion;
import io.prelim.inference.model.ModelManifest.Outputs;
import io.prelim.inference.model.Preparation.SingleFrame;
import java.util.Optional;

/** Reads {@code explanation} of a manifest, and checks that a finding is explained in one way. */
final class ExplanationReader {
    /** Each is a run of the model. */
    private static final int MOST_SQUARES = 400;

    private ExplanationReader() {}

    static Optional<Occlusion> read(YamlNode root, Preparation preparation, Outputs outputs) throws BadPackage {
        Optional<YamlNode> explanation = root.optionalObject("explanation");
        if (!(preparation instanceof SingleFrame frame)) {
            if (outputs.saliency().isPresent()) {
                throw root.object("outputs").wrong("saliency", "is of frames; a volume has none");
            }
            if (explanation.isPresent()) {
                throw root.wrong("explanation", "is of frames; a volume has none");
            }
            return Optional.empty();
        }
        if (explanation.isEmpty()) {
            return Optional.empty();
        }
        if (outputs.saliency().isPresent()) {
            throw root.wrong("explanation", "must not be beside outputs.saliency, which explains already");
        }
        return Optional.of(occlusion(explanation.get(), frame));
    }

    private static Occlusion occlusion(YamlNode explanation, SingleFrame frame) throws BadPackage {
        explanation.only("method", "patch", "stride", "value");
        explanation.word("method", "occlusion");
        int patch = explanation.integer("patch", 1, Math.min(frame.width(), frame.height()));
        Occlusion occlusion = new Occlusion(
                patch,
                explanation.integer("stride", 1, patch),
                explanation.number("value", -Float.MAX_VALUE, Float.MAX_VALUE));
        long squares = (long) occlusion.steps(frame.width()) * occlusion.steps(frame.height());
        if (squares > MOST_SQUARES) {
            throw explanation.wrong(
                    "stride", "makes " + squares + " squares, each a run of the model; at most " + MOST_SQUARES);
        }
        return occlusion;
    }
}
