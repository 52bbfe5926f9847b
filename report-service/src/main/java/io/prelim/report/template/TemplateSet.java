package io.prelim.report.template;

import io.prelim.events.Code;
import io.prelim.events.OrderReference;
import io.prelim.events.PatientContext;
import io.prelim.events.SeriesSummary;
import io.prelim.events.StudyReceived;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The templates and the mapping in force together. Immutable. */
public final class TemplateSet {
    /** For a template of every language. */
    private static final String EVERY = "";

    private final Map<String, Template> byName;
    private final List<Map<String, Map<String, Template>>> layers;
    private final ProcedureMap procedures;

    private TemplateSet(
            Map<String, Template> byName, List<Map<String, Map<String, Template>>> layers, ProcedureMap procedures) {
        this.byName = byName;
        this.layers = layers;
        this.procedures = procedures;
    }

    /**
     * @param builtIn one of them is for anything
     * @param site    come first where both are as near; a name that is built in is taken over
     * @throws BadSiteFile of the first file that cannot be used
     */
    public static TemplateSet of(List<SiteFile> builtIn, List<SiteFile> site) throws BadSiteFile {
        Map<String, Template> names = new LinkedHashMap<>();
        ProcedureMap procedures = ProcedureMap.NONE;
        List<SiteFile> own = new ArrayList<>();
        for (SiteFile file : site) {
            if (file.name().equals(SiteFile.PROCEDURES)) {
                procedures = ProcedureMap.read(file);
            } else {
                own.add(file);
            }
        }
        Map<String, Map<String, Template>> first = layer(own, names, Set.of());
        Map<String, Map<String, Template>> last = layer(builtIn, names, Set.copyOf(names.keySet()));
        if (!last.containsKey(Choice.GENERAL)
                && !first.getOrDefault(Choice.GENERAL, Map.of()).containsKey(EVERY)) {
            throw new BadSiteFile("templates", 0, "none is for any study and language; add one with \"for: any\"");
        }
        return new TemplateSet(names, List.of(first, last), procedures);
    }

    /** @param taken names that stand already: files of these are left out */
    private static Map<String, Map<String, Template>> layer(
            List<SiteFile> files, Map<String, Template> names, Set<String> taken) throws BadSiteFile {
        Map<String, Map<String, Template>> layer = new HashMap<>();
        for (SiteFile file : files) {
            TemplateReader.Read read = TemplateReader.read(file);
            Template template = read.template();
            if (taken.contains(template.name())) {
                continue;
            }
            if (names.put(template.name(), template) != null) {
                throw new BadSiteFile(
                        file.name(), 1, "the name " + template.name() + " is another file's too; give it another");
            }
            for (Map.Entry<String, YamlPlace> choice : read.choices().entrySet()) {
                Template other = layer.computeIfAbsent(choice.getKey(), key -> new HashMap<>())
                        .put(Objects.toString(template.language(), EVERY), template);
                if (other != null) {
                    throw choice.getValue()
                            .wrong(choice.getKey() + " has the template " + other.name()
                                    + " already; take it out of one of them");
                }
            }
        }
        return layer;
    }

    /** What a study gets. @param tag BCP 47; its region does not count */
    public TemplateChoice choose(StudyReceived study, PatientContext context, String tag) {
        String language = Locale.forLanguageTag(tag).getLanguage();
        List<Code> ordered = ordered(context);
        Set<Code> mapped = new LinkedHashSet<>();
        List<Code> unmapped = new ArrayList<>();
        Code ofIngest = context != null && context.procedure() != null
                ? context.procedure()
                : study == null ? null : study.procedure();
        for (Code code : ordered) {
            Optional<Code> standard = standard(code);
            standard.ifPresent(mapped::add);
            if (standard.isEmpty() && ofIngest == null) {
                unmapped.add(code);
            }
        }
        if (ofIngest != null) {
            mapped.add(ofIngest);
        }
        List<Code> known = List.copyOf(mapped);
        Template template =
                Choice.of(known, distinct(study, SeriesSummary::modality), distinct(study, SeriesSummary::bodyPart))
                        .stream()
                        .flatMap(choice -> layers.stream().map(layer -> layer.getOrDefault(choice, Map.of())))
                        .map(byLanguage -> byLanguage.getOrDefault(language, byLanguage.get(EVERY)))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow();
        return new TemplateChoice(template, known.isEmpty() ? null : known.get(0), unmapped);
    }

    /** Whether a local code has a meaning here. */
    public boolean knows(Code local) {
        return standard(local).isPresent();
    }

    /** By mapping; a code that a template names is its own meaning. */
    private Optional<Code> standard(Code local) {
        return procedures
                .of(local)
                .or(() -> layers.stream().anyMatch(layer -> layer.containsKey(Choice.procedure(local)))
                        ? Optional.of(local)
                        : Optional.empty());
    }

    /** The site's first. */
    public Collection<Template> templates() {
        return byName.values();
    }

    /** How many local codes are mapped. */
    public int mapped() {
        return procedures.size();
    }

    private static List<Code> ordered(PatientContext context) {
        if (context == null || context.orders() == null) {
            return List.of();
        }
        return context.orders().stream()
                .map(OrderReference::procedure)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static SortedSet<String> distinct(StudyReceived study, Function<SeriesSummary, String> attribute) {
        return study == null
                ? new TreeSet<>()
                : study.series().stream()
                        .map(attribute)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
