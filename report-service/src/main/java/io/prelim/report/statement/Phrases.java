package io.prelim.report.statement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words and what they mean: the longest phrase that fits is taken. Letters' case does not count, nor do hyphens. */
final class Phrases {
    /** What a phrase is. */
    enum Kind {
        TERM,
        SITE,
        SIDE,
        /** Both sides, if a site follows. */
        BOTH,
        CUE,
        MEASURE,
        UNIT,
        PROBABILITY,
        NUMBER,
        URGENT,
        /** Joins only after a denial. */
        NOR,
        OR,
        SOFT,
        HARD,
        /** Makes a denial one that is not sure. */
        CLEAR,
        /** Says that something is there. */
        ASSERTION,
        /** What a denial may be of in the place of the thing itself: "no sign of A and B". */
        EVIDENCE,
        /** Begins something new. */
        ARTICLE,
        /** In texts that are read freely: what follows is not said of these images. */
        UNREAD,
        /** Before a side or site. */
        PLACE,
        NEUTRAL,
        UNKNOWN
    }

    /** A phrase of a text. @param key which of its kind; the words themselves where nothing else tells them apart */
    record Item(Kind kind, String key, String text) {
        boolean is(Kind other) {
            return kind == other;
        }
    }

    private static final Pattern TOKEN =
            Pattern.compile("[<>]?[0-9]+(?:[.,][0-9]+)*|[\\p{L}\\p{M}³²%]+|[^\\s\\p{L}\\p{M}]");

    /** Within a word; before a number it is a sign. */
    private static final Pattern HYPHEN = Pattern.compile("(?<=\\p{L})-(?=\\p{L})");

    private final List<String> endings;
    private final Map<String, List<Phrase>> byFirst = new HashMap<>();

    /** @param endings that a word marked by {@code *} may have; it may have none */
    Phrases(List<String> endings) {
        this.endings = endings;
    }

    /** The same, to be added to. */
    Phrases(Phrases other) {
        this(other.endings);
        other.byFirst.forEach((first, phrases) -> byFirst.put(first, new ArrayList<>(phrases)));
    }

    /** Of two phrases as long, the one added first is taken. */
    void add(Kind kind, String key, String words) {
        List<String> tokens = tokens(words.replace("*", "ˣ"));
        if (tokens.isEmpty()) {
            return;
        }
        for (String first : forms(tokens.get(0))) {
            List<Phrase> phrases = byFirst.computeIfAbsent(first, any -> new ArrayList<>());
            List<List<String>> rest =
                    tokens.subList(1, tokens.size()).stream().map(this::forms).toList();
            phrases.add(new Phrase(kind, key, rest));
        }
    }

    private List<String> forms(String word) {
        if (!word.endsWith("ˣ")) {
            return List.of(word);
        }
        String stem = word.substring(0, word.length() - 1);
        List<String> forms = new ArrayList<>(List.of(stem));
        endings.forEach(ending -> forms.add(stem + ending));
        return forms;
    }

    List<Item> items(String text) {
        List<String> tokens = tokens(text);
        List<Item> items = new ArrayList<>();
        int at = 0;
        while (at < tokens.size()) {
            Phrase longest = longest(tokens, at);
            int length = longest == null ? 1 : 1 + longest.rest.size();
            String words = String.join(" ", tokens.subList(at, at + length));
            items.add(longest == null ? single(words) : new Item(longest.kind, longest.key, words));
            at += length;
        }
        return items;
    }

    private static Item single(String token) {
        char first = token.charAt(0);
        if (Character.isDigit(token.charAt(token.length() - 1))) {
            return new Item(Kind.NUMBER, token, token);
        }
        return switch (first) {
            case ',', ':' -> new Item(Kind.SOFT, ",", token);
            case ';', '.' -> new Item(Kind.HARD, ";", token);
            case '(', ')' -> new Item(Kind.NEUTRAL, token, token);
            default -> new Item(Kind.UNKNOWN, token, token);
        };
    }

    private Phrase longest(List<String> tokens, int at) {
        Phrase longest = null;
        for (Phrase phrase : byFirst.getOrDefault(tokens.get(at), List.of())) {
            if ((longest == null || phrase.rest.size() > longest.rest.size()) && fits(phrase, tokens, at + 1)) {
                longest = phrase;
            }
        }
        return longest;
    }

    private static boolean fits(Phrase phrase, List<String> tokens, int from) {
        if (from + phrase.rest.size() > tokens.size()) {
            return false;
        }
        for (int i = 0; i < phrase.rest.size(); i++) {
            if (!phrase.rest.get(i).contains(tokens.get(from + i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher =
                TOKEN.matcher(HYPHEN.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" "));
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    static List<String> alternatives(String value) {
        return Arrays.stream(value.split("\\|"))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    private record Phrase(Kind kind, String key, List<List<String>> rest) {}
}
