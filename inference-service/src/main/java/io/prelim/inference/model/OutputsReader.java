package io.prelim.inference.model;

import io.prelim.inference.model.ModelManifest.Activation;
import io.prelim.inference.model.ModelManifest.Form;
import io.prelim.inference.model.ModelManifest.Measure;
import io.prelim.inference.model.ModelManifest.Outputs;
import io.prelim.inference.model.ModelManifest.ScopeOutput;
import io.prelim.inference.model.ModelManifest.ScoreOutput;
import io.prelim.inference.model.ModelManifest.SegmentRule;
import io.prelim.inference.model.ModelManifest.SegmentationOutput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@code outputs} of a manifest, and {@code findings} where they are those of a segmenter. */
final class OutputsReader {
    private static final int MAX_LABEL = 255;
    private static final double MAX_MEASURE = 1e9;

    private OutputsReader() {}

    /** @param root of the manifest, for {@code outputs} and {@code findings} */
    static Outputs read(YamlNode root, Preparation preparation) throws BadPackage {
        YamlNode outputs = root.object("outputs").only("finding", "segmentation", "scope", "saliency");
        Optional<YamlNode> scores = outputs.optionalObject("finding");
        Optional<YamlNode> segmentation = outputs.optionalObject("segmentation");
        Optional<YamlNode> scope = outputs.optionalObject("scope");
        Optional<YamlNode> saliency = outputs.optionalObject("saliency");
        if (scores.isEmpty() && segmentation.isEmpty()) {
            throw outputs.wrong("finding", "is missing, and so is segmentation: one of them is needed");
        }
        if (segmentation.isPresent()) {
            if (scores.isPresent()) {
                throw outputs.wrong("segmentation", "cannot be beside finding");
            }
            if (saliency.isPresent()) {
                throw outputs.wrong("saliency", "cannot be beside segmentation, whose mask is the evidence");
            }
            if (!(preparation instanceof Preparation.Volumetric)) {
                throw outputs.wrong("segmentation", "is of volumes alone: input.layout NCDHW");
            }
        }
        return new Outputs(
                scores.isPresent() ? Optional.of(scores(scores.get())) : Optional.empty(),
                segmentation.isPresent() ? Optional.of(segmentation(root, segmentation.get())) : Optional.empty(),
                scope.isPresent() ? Optional.of(scope(scope.get())) : Optional.empty(),
                saliency.isPresent() ? Optional.of(saliency.get().only("name").text("name")) : Optional.empty());
    }

    private static ScoreOutput scores(YamlNode finding) throws BadPackage {
        finding.only("name", "activation");
        return new ScoreOutput(
                finding.text("name"),
                Activation.valueOf(finding.word("activation", "sigmoid", "none").toUpperCase(Locale.ROOT)));
    }

    private static ScopeOutput scope(YamlNode scope) throws BadPackage {
        scope.only("name", "threshold", "direction", "reason");
        scope.word("direction", "accept-below");
        return new ScopeOutput(
                scope.text("name"), scope.number("threshold", -Float.MAX_VALUE, Float.MAX_VALUE), scope.text("reason"));
    }

    private static SegmentationOutput segmentation(YamlNode root, YamlNode segmentation) throws BadPackage {
        segmentation.only("name", "form");
        String name = segmentation.text("name");
        return new SegmentationOutput(
                name,
                Form.valueOf(segmentation.word("form", "labels", "scores").toUpperCase(Locale.ROOT)),
                findings(root, name));
    }

    private static List<SegmentRule> findings(YamlNode root, String output) throws BadPackage {
        List<SegmentRule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (YamlNode finding : root.objects("findings")) {
            finding.only("id", "output", "label", "code", "site", "measure", "minimumVolume", "present", "urgent");
            finding.word("output", output);
            rules.add(new SegmentRule(
                    ManifestReader.findingId(finding, ids),
                    finding.integer("label", 1, MAX_LABEL),
                    ManifestReader.code(finding.object("code")),
                    ManifestReader.site(finding),
                    measure(finding),
                    finding.object("present").only("atLeast").number("atLeast", 0, MAX_MEASURE),
                    finding.flag("urgent", false)));
        }
        if (rules.isEmpty()) {
            throw root.wrong("findings", "must name at least one finding");
        }
        return rules;
    }

    private static Measure measure(YamlNode finding) throws BadPackage {
        if (finding.word("measure", "volume", "count").equals("count")) {
            return new Measure.Count(finding.number("minimumVolume", 0, MAX_MEASURE));
        }
        if (!finding.absent("minimumVolume")) {
            throw finding.wrong("minimumVolume", "belongs to measure: count");
        }
        return new Measure.Volume();
    }
}
