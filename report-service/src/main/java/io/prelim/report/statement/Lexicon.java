package io.prelim.report.statement;

import io.prelim.report.statement.Phrases.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The words of one language for findings, certainty, sides and what joins them: {@code lexicon_<language>.properties}. */
final class Lexicon {
    private static final Map<String, Optional<Lexicon>> KNOWN = new ConcurrentHashMap<>();
    private static final String TERM = "term.";
    private static final String PLURAL = "plural.";
    private static final String NAME = "name.";

    private final Properties words;
    private final List<String> endings;
    private final Phrases strict;
    private final Phrases free;

    private Lexicon(Properties words) {
        this.words = words;
        endings = Arrays.stream(words.getProperty("endings").split(","))
                .map(String::strip)
                .toList();
        strict = new Phrases(endings);
        for (Level level : Level.values()) {
            add(strict, Kind.CUE, level.key(), "cue." + level.key());
        }
        add(strict, Kind.NOR, "nor", "nor");
        add(strict, Kind.SOFT, "but", "but");
        add(strict, Kind.CLEAR, "", "clear");
        add(strict, Kind.OR, "or", "or");
        add(strict, Kind.SOFT, "and", "soft");
        add(strict, Kind.SOFT, "with", "with");
        add(strict, Kind.ASSERTION, "", "assertion");
        add(strict, Kind.EVIDENCE, "", "evidence");
        add(strict, Kind.ARTICLE, "", "article");
        List.of("L", "R", "B").forEach(side -> add(strict, Kind.SIDE, side, "side." + side));
        add(strict, Kind.BOTH, "B", "both");
        add(strict, Kind.URGENT, "urgent", "urgent");
        add(strict, Kind.PROBABILITY, "probability", "probability");
        add(strict, Kind.PLACE, "", "place");
        add(strict, Kind.NEUTRAL, "", "neutral");
        free = new Phrases(strict);
        add(free, Kind.UNREAD, "unread", "unread");
        add(free, Kind.CUE, Level.NO_SIGN.key(), "cue.no-sign.free");
        for (String code : terms()) {
            add(free, Kind.TERM, code, TERM + code);
            add(free, Kind.TERM, code, PLURAL + code);
        }
    }

    /** @param language BCP 47; its first part counts. Empty for a language without a lexicon */
    static Optional<Lexicon> of(String language) {
        return KNOWN.computeIfAbsent(Locale.forLanguageTag(language).getLanguage(), Lexicon::read);
    }

    /** What may be said where each word counts; terms, sites and measures are to be added. */
    Phrases strict() {
        return new Phrases(strict);
    }

    /** For texts of people: with every term there is. */
    Phrases free() {
        return free;
    }

    /** {@code SCHEME.VALUE} of each finding it has words for. */
    Set<String> terms() {
        return words.stringPropertyNames().stream()
                .filter(name -> name.startsWith(TERM))
                .map(name -> name.substring(TERM.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a code may be called, of a finding or of a site; empty where none is known. */
    List<String> synonyms(String code) {
        return Phrases.alternatives(words.getProperty(TERM + code, words.getProperty(NAME + code, "")));
    }

    /** Of more than one of it. */
    List<String> plurals(String code) {
        return Phrases.alternatives(words.getProperty(PLURAL + code, ""));
    }

    /** Whether a cue is of those after which {@link Kind#NOR} joins. */
    boolean neither(Phrases.Item cue) {
        return listed("neither", cue);
    }

    /** Whether a cue begins something new, and denies it. */
    boolean without(Phrases.Item cue) {
        return listed("without", cue);
    }

    private boolean listed(String property, Phrases.Item cue) {
        Phrases listed = new Phrases(endings);
        add(listed, Kind.CUE, property, property);
        List<Phrases.Item> items = listed.items(cue.text());
        return items.size() == 1 && items.get(0).is(Kind.CUE);
    }

    /** Whether a heading of a signed text begins what is to be read; empty for what is no heading. */
    Optional<Boolean> heading(String line) {
        String heading = line.strip().toLowerCase(Locale.ROOT);
        if (Phrases.alternatives(words.getProperty("section.read")).contains(heading)) {
            return Optional.of(true);
        }
        return Phrases.alternatives(words.getProperty("section.unread")).contains(heading)
                ? Optional.of(false)
                : Optional.empty();
    }

    private void add(Phrases phrases, Kind kind, String key, String property) {
        Phrases.alternatives(words.getProperty(property, "")).forEach(each -> phrases.add(kind, key, each));
    }

    private static Optional<Lexicon> read(String language) {
        try (InputStream in = Lexicon.class.getResourceAsStream("lexicon_" + language + ".properties")) {
            if (in == null) {
                return Optional.empty();
            }
            Properties words = new Properties();
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return Optional.of(new Lexicon(words));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
