package io.prelim.inference.model;

import io.prelim.events.Code;
import io.prelim.inference.model.ModelManifest.Calibration;
import io.prelim.inference.model.ModelManifest.FindingRule;
import io.prelim.inference.model.ModelManifest.Input;
import io.prelim.inference.model.ModelManifest.Limits;
import io.prelim.inference.model.ModelManifest.Outputs;
import io.prelim.inference.model.SelectionRule.Choice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code manifest.yaml} of schema {@value #SCHEMA}. Strict: what it does not know it refuses. */
final class ManifestReader {
    static final String SCHEMA = "prelim.model/1";
    static final String FILE = "manifest.yaml";

    private ManifestReader() {}

    static ModelManifest read(byte[] yaml) throws BadPackage {
        YamlNode root = YamlNode.read(FILE, yaml);
        root.word("schema", SCHEMA);
        root.only(
                "schema",
                "id",
                "version",
                "name",
                "model",
                "input",
                "outputs",
                "findings",
                "selection",
                "limits",
                "explanation");
        YamlNode model = root.object("model").only("file", "sha256");
        Input input = input(root.object("input"));
        Outputs outputs = OutputsReader.read(root, input.preparation());
        return new ModelManifest(
                matching(root, "id", "[a-z0-9][a-z0-9-]{0,63}", "1 to 64 lower-case letters, digits or '-'"),
                matching(root, "version", "\\d{1,5}\\.\\d{1,5}\\.\\d{1,5}", "three numbers such as 1.0.0"),
                root.text("name"),
                matching(model, "file", PackageFiles.NAME, "a plain file name inside the package"),
                matching(model, "sha256", "[0-9a-fA-F]{64}", "64 hexadecimal digits")
                        .toLowerCase(Locale.ROOT),
                input,
                outputs,
                outputs.finding().isPresent() ? findings(root, outputs.answer()) : List.of(),
                selection(root.object("selection")),
                limits(root.object("limits")),
                ExplanationReader.read(root, input.preparation(), outputs));
    }

    private static Input input(YamlNode input) throws BadPackage {
        input.only("name", "layout", "shape", "preparation");
        return new Input(input.text("name"), PreparationReader.read(input));
    }

    private static List<FindingRule> findings(YamlNode root, String scores) throws BadPackage {
        List<FindingRule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (YamlNode finding : root.objects("findings")) {
            finding.only("id", "output", "index", "code", "site", "calibration", "threshold", "urgent");
            finding.word("output", scores);
            String id = findingId(finding, ids);
            rules.add(new FindingRule(
                    id,
                    finding.integer("index", 0, 100_000),
                    code(finding.object("code")),
                    site(finding),
                    calibration(finding.object("calibration")),
                    finding.number("threshold", 0, 1),
                    finding.flag("urgent", false)));
        }
        if (rules.isEmpty()) {
            throw root.wrong("findings", "must name at least one finding");
        }
        return rules;
    }

    /** @param ids those before it, which it must differ from */
    static String findingId(YamlNode finding, Set<String> ids) throws BadPackage {
        String id = matching(finding, "id", "[a-z0-9][a-z0-9-]{0,63}", "1 to 64 lower-case letters, digits or '-'");
        if (!ids.add(id)) {
            throw finding.wrong("id", "\"" + id + "\" is there twice");
        }
        return id;
    }

    static @Nullable Code site(YamlNode finding) throws BadPackage {
        Optional<YamlNode> site = finding.optionalObject("site");
        return site.isPresent() ? code(site.get()) : null;
    }

    static Code code(YamlNode code) throws BadPackage {
        code.only("scheme", "value", "meaning");
        return new Code(code.text("scheme"), code.text("value"), code.text("meaning"));
    }

    private static Calibration calibration(YamlNode calibration) throws BadPackage {
        calibration.only("method", "slope", "intercept");
        if (calibration.word("method", "platt", "none").equals("none")) {
            return new Calibration.Uncalibrated();
        }
        return new Calibration.Platt(
                calibration.number("slope", -1e6, 1e6), calibration.number("intercept", -1e6, 1e6));
    }

    private static SelectionRule selection(YamlNode selection) throws BadPackage {
        selection.only("modality", "bodyPart", "viewPosition", "ageBand", "maxImages", "burnedInAccepted");
        if (selection.absent("modality")) {
            throw selection.wrong("modality", "is missing");
        }
        return new SelectionRule(
                choice(selection, "modality"),
                choice(selection, "bodyPart"),
                choice(selection, "viewPosition"),
                choice(selection, "ageBand"),
                selection.integer("maxImages", 1, 5000),
                selection.flag("burnedInAccepted", false));
    }

    /** A plain list means: one of these, and it must be said. */
    private static Choice choice(YamlNode selection, String key) throws BadPackage {
        if (selection.absent(key)) {
            return Choice.ANY;
        }
        if (selection.isList(key)) {
            return new Choice(nonEmpty(selection, key, selection.texts(key)), false);
        }
        YamlNode choice = selection.object(key).only("anyOf", "absentAllowed");
        return new Choice(nonEmpty(choice, "anyOf", choice.texts("anyOf")), choice.flag("absentAllowed", false));
    }

    private static Set<String> nonEmpty(YamlNode node, String key, List<String> values) throws BadPackage {
        if (values.isEmpty()) {
            throw node.wrong(key, "must name at least one value");
        }
        return Set.copyOf(values);
    }

    private static Limits limits(YamlNode limits) throws BadPackage {
        limits.only("deadlineSeconds", "maxPixels", "memoryMb");
        return new Limits(
                Duration.ofSeconds(limits.integer("deadlineSeconds", 1, 86_400)),
                limits.integer("maxPixels", 1, Integer.MAX_VALUE),
                limits.absent("memoryMb")
                        ? OptionalLong.empty()
                        : OptionalLong.of((long) limits.integer("memoryMb", 256, 1_048_576) << 20));
    }

    private static String matching(YamlNode node, String key, String pattern, String words) throws BadPackage {
        String value = node.text(key);
        if (!value.matches(pattern)) {
            throw node.wrong(key, "must be " + words);
        }
        return value;
    }
}
