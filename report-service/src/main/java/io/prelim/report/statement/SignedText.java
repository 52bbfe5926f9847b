package io.prelim.report.statement;

import io.prelim.report.statement.Phrases.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a text that a person wrote says of the things the lexicon knows. Words it does not know are passed over; what it cannot tell it does not
 * say. Only what stands under findings, impression or the like is read, where the text has such headings.
 */
public final class SignedText {
    /** Characters read, at most; what comes after is not. */
    static final int LONGEST = 200_000;

    private SignedText() {}

    /**
     * One thing as the text has it, its last word on it.
     *
     * @param code  {@code SCHEME.VALUE}
     * @param level null where the text says that it is there, and not how sure it is
     * @param sides {@code L}, {@code R}, {@code B}; empty for none
     */
    public record Said(String code, Level level, Set<String> sides) {
        public boolean present() {
            return level == null || level.present();
        }

        public boolean absent() {
            return level != null && level.absent();
        }
    }

    /** {@code SCHEME.VALUE} of what is looked for in a text of this language; empty for one without a lexicon. */
    public static Set<String> known(String language) {
        return Lexicon.of(language).map(Lexicon::terms).orElse(Set.of());
    }

    /** What it says of each thing, the last word on it; empty for a language without a lexicon. */
    public static List<Said> read(String language, String text) {
        return Lexicon.of(language).map(lexicon -> said(lexicon, text)).orElse(List.of());
    }

    private static List<Said> said(Lexicon lexicon, String text) {
        Map<String, Said> said = new LinkedHashMap<>();
        String read = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        for (String sentence : read(lexicon, read)) {
            Clause.mentions(lexicon, lexicon.free().items(sentence)).stream()
                    .flatMap(List::stream)
                    .map(SignedText::said)
                    .filter(Objects::nonNull)
                    .forEach(one -> said.put(one.code() + one.sides(), one));
        }
        return List.copyOf(said.values());
    }

    /** Null where the words around it leave open what is meant. */
    private static Said said(Mention mention) {
        List<Level> levels = mention.words().stream()
                .filter(word -> word.is(Kind.CUE))
                .map(word -> Level.of(word.key()).orElseThrow())
                .distinct()
                .toList();
        if (mention.has(Kind.UNREAD) || mention.denied() || levels.size() > 1) {
            return null;
        }
        return new Said(mention.term().key(), mention.level(), mention.sides());
    }

    /** The sentences under headings that are to be read, or all where there are none. */
    private static List<String> read(Lexicon lexicon, String text) {
        List<String> all = new ArrayList<>();
        List<String> chosen = new ArrayList<>();
        boolean headed = false;
        boolean reading = false;
        for (String line : text.split("\\R")) {
            int colon = line.indexOf(':');
            Optional<Boolean> heading = lexicon.heading(colon < 0 ? line : line.substring(0, colon));
            String rest = line;
            if (heading.isPresent()) {
                headed |= heading.get();
                reading = heading.get();
                rest = colon < 0 ? "" : line.substring(colon + 1);
            }
            List<String> sentences = List.of(rest.split("(?<=[.!?])\\s+"));
            all.addAll(sentences);
            if (reading) {
                chosen.addAll(sentences);
            }
        }
        return headed ? chosen : all;
    }
}
