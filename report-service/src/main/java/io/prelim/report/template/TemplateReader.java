package io.prelim.report.template;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** Reads templates of schema {@value #SCHEMA}. Strict: what it does not know it refuses. */
final class TemplateReader {
    static final String SCHEMA = "prelim.template/1";

    private static final int MOST_LINES = 50;
    private static final int LONGEST_LINE = 500;
    private static final int MOST_CHOICES = 200;
    private static final Set<String> SECTIONS =
            Arrays.stream(Section.values()).map(Section::key).collect(Collectors.toUnmodifiableSet());
    private static final String PLACEHOLDERS = Arrays.stream(Placeholder.values())
            .map(each -> "{" + each.key() + "}")
            .collect(Collectors.joining(", "));

    private TemplateReader() {}

    /** @param choices what it is chosen by, each with the place that says so */
    record Read(Template template, Map<String, YamlPlace> choices) {}

    static Read read(SiteFile file) throws BadSiteFile {
        YamlPlace root = YamlPlace.read(file);
        Map<String, YamlPlace> entries =
                root.entries("the template", Set.of("schema", "name", "version", "language", "for", "sections"));
        root.needed(entries, "schema").matching("schema", SCHEMA, SCHEMA);
        Template template = new Template(
                root.needed(entries, "name")
                        .matching("name", "[a-z0-9][a-z0-9-]{0,63}", "1 to 64 lower-case letters, digits or '-'"),
                root.needed(entries, "version").matching("version", "[A-Za-z0-9._-]{1,32}", "a version such as 1.0"),
                digest(file.bytes()),
                entries.containsKey("language")
                        ? entries.get("language").matching("language", "[a-z]{2,3}", "a language such as de")
                        : null,
                sections(root.needed(entries, "sections")));
        return new Read(template, choices(root.needed(entries, "for")));
    }

    private static Map<Section, List<Line>> sections(YamlPlace place) throws BadSiteFile {
        Map<String, YamlPlace> entries = place.entries("sections", SECTIONS);
        for (Section section : Section.values()) {
            place.needed(entries, section.key());
        }
        Map<Section, List<Line>> sections = new LinkedHashMap<>();
        for (Map.Entry<String, YamlPlace> entry : entries.entrySet()) {
            Section section = Section.valueOf(entry.getKey().toUpperCase(Locale.ROOT));
            sections.put(section, lines(section, entry.getValue()));
        }
        return sections;
    }

    private static List<Line> lines(Section section, YamlPlace place) throws BadSiteFile {
        List<Line> lines = new ArrayList<>();
        for (YamlPlace item : place.items(section.key())) {
            lines.add(line(section, item));
        }
        if (lines.size() > MOST_LINES) {
            throw place.wrong(section.key() + " has " + lines.size() + " lines; make it " + MOST_LINES + " at most");
        }
        if (section.clinical() && lines.size() != 1) {
            throw place.wrong(section.key() + " must be the one line \"{" + section.key() + "}\": what it says comes"
                    + " from models alone");
        }
        if (lines.stream().filter(Line.Drafted.class::isInstance).count() > 1) {
            throw place.wrong("\"{" + section.key() + "}\" is there twice; keep one");
        }
        return lines;
    }

    private static Line line(Section section, YamlPlace place) throws BadSiteFile {
        if (!place.isText()) {
            throw place.wrong("a line of " + section.key() + " must be text; put a line with braces in quotes");
        }
        String text = place.text("a line of " + section.key());
        if (text.equals("{" + section.key() + "}")) {
            return new Line.Drafted();
        }
        if (section.clinical()) {
            throw place.wrong("a line of " + section.key() + " must be \"{" + section.key() + "}\": what it says comes"
                    + " from models alone");
        }
        if (text.length() > LONGEST_LINE || text.chars().anyMatch(Character::isISOControl)) {
            throw place.wrong("a line must be one line of " + LONGEST_LINE + " characters at most");
        }
        Set<Placeholder> uses = EnumSet.noneOf(Placeholder.class);
        Matcher matcher = Line.Filled.BRACES.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1);
            uses.add(Placeholder.of(name)
                    .orElseThrow(() -> place.wrong("{" + name + "} is no placeholder inside a line; use one of "
                            + PLACEHOLDERS + ", or \"{" + section.key() + "}\" as a line of its own")));
        }
        String rest = matcher.replaceAll("");
        if (rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) {
            throw place.wrong("a brace is no part of a placeholder; use one of " + PLACEHOLDERS);
        }
        return uses.isEmpty() ? new Line.Fixed(text) : new Line.Filled(text, uses);
    }

    private static Map<String, YamlPlace> choices(YamlPlace place) throws BadSiteFile {
        Map<String, YamlPlace> choices = new LinkedHashMap<>();
        if (place.isText()) {
            place.matching("for", "any", "\"any\", or a mapping with procedures, or with modality and bodyPart");
            choices.put(Choice.GENERAL, place);
            return choices;
        }
        Map<String, YamlPlace> entries = place.entries("for", Set.of("procedures", "modality", "bodyPart"));
        if (entries.containsKey("procedures")) {
            for (YamlPlace item : entries.get("procedures").items("procedures")) {
                add(choices, Choice.procedure(Codes.read(item, "a procedure")), item);
            }
        }
        List<String> modalities = words(entries.get("modality"), "modality");
        List<String> bodyParts = words(entries.get("bodyPart"), "bodyPart");
        if (entries.containsKey("modality") || entries.containsKey("bodyPart")) {
            for (String modality : modalities) {
                for (String bodyPart : bodyParts) {
                    add(choices, Choice.images(modality, bodyPart), place);
                }
            }
        }
        if (choices.isEmpty() || choices.size() > MOST_CHOICES) {
            throw place.wrong("for must name 1 to " + MOST_CHOICES
                    + " procedures, or combinations of modality and bodyPart, or be \"any\"");
        }
        return choices;
    }

    private static void add(Map<String, YamlPlace> choices, String choice, YamlPlace place) throws BadSiteFile {
        if (choices.put(choice, place) != null) {
            throw place.wrong(choice + " is there twice; keep one");
        }
    }

    /** {@link Choice#ANY} alone for null. */
    private static List<String> words(YamlPlace place, String what) throws BadSiteFile {
        List<String> words = new ArrayList<>();
        if (place == null) {
            words.add(Choice.ANY);
        } else {
            for (YamlPlace item : place.items(what)) {
                words.add(
                        item.matching(what, "[A-Z0-9_ ]{1,16}", "as images say it, in capitals, such as DX or CHEST"));
            }
        }
        return words;
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
