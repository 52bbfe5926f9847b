package io.prelim.report.statement;

import io.prelim.events.Code;
import io.prelim.report.statement.Phrases.Item;
import io.prelim.report.statement.Phrases.Kind;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Whether a text says what was given: each statement once, with its certainty, side, site, measures and urgency, and nothing else. Every word
 * must be one whose meaning is known here; a text with any other is refused, whatever it says. What is refused costs a plainer
 * sentence; what is accepted wrongly may cost a patient.
 */
public final class Acceptance {
    /** Characters of a sentence, at most. */
    static final int LONGEST = 600;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-zÄÖÜäöüß0-9³²%<>(),.;: -]*[.)]?");

    private final Lexicon lexicon;
    private final List<Given> given;
    private final Map<UUID, Given> byId = new HashMap<>();

    private Acceptance(Lexicon lexicon, List<Given> given) {
        this.lexicon = lexicon;
        this.given = given;
        given.forEach(each -> byId.put(each.id(), each));
    }

    /**
     * Looks at what was written.
     *
     * @param language BCP 47, of the statements and of the text
     */
    public static Verdict of(String language, List<Given> given, List<Written> written) {
        Optional<Lexicon> lexicon = Lexicon.of(language);
        if (lexicon.isEmpty()) {
            return new Verdict(null, "there is no lexicon for this language");
        }
        try {
            return new Verdict(new Acceptance(lexicon.get(), given).accepted(written), null);
        } catch (Refusal refusal) {
            return new Verdict(null, refusal.getMessage());
        }
    }

    /** @param sentences in the order of the statements; null if they are refused. @param refusal why, without the text; null if accepted */
    public record Verdict(List<Accepted> sentences, String refusal) {
        public boolean accepted() {
            return sentences != null;
        }
    }

    /** A sentence that was looked at: made here alone. */
    public static final class Accepted {
        private final Written written;

        private Accepted(Written written) {
            this.written = written;
        }

        public Written written() {
            return written;
        }
    }

    private List<Accepted> accepted(List<Written> written) throws Refusal {
        Set<UUID> worded = new HashSet<>();
        for (Written sentence : written) {
            List<Given> cited = new ArrayList<>();
            for (UUID id : sentence.statements()) {
                Given statement = byId.get(id);
                check(statement != null, "a sentence names a statement that was not given");
                check(statement.section() == sentence.section(), "a statement is worded in another section");
                check(worded.add(id), "a statement is worded twice");
                cited.add(statement);
            }
            check(!cited.isEmpty(), "a sentence words no statement");
            sentence(sentence.text(), cited);
        }
        check(worded.size() == given.size(), "a statement is not worded");
        return written.stream()
                .sorted(Comparator.comparingInt(this::place))
                .map(Accepted::new)
                .toList();
    }

    private int place(Written sentence) {
        return sentence.statements().stream()
                .mapToInt(id -> given.indexOf(byId.get(id)))
                .min()
                .orElseThrow();
    }

    private void sentence(String text, List<Given> cited) throws Refusal {
        check(text != null && !text.isBlank() && text.length() <= LONGEST, "a sentence is empty or too long");
        check(
                PLAIN.matcher(text).matches() && Normalizer.isNormalized(text, Normalizer.Form.NFC),
                "a sentence has characters that no report needs");
        List<Item> items = phrases(cited).items(text);
        boolean urgent = items.get(0).is(Kind.URGENT);
        for (int i = 0; i < items.size(); i++) {
            check(!items.get(i).is(Kind.UNKNOWN), "a sentence has a word whose meaning is not known here");
            check(!items.get(i).is(Kind.URGENT) || i == 0, "urgency is named within a sentence");
        }
        for (Given statement : cited) {
            check(statement.urgent() == urgent, "urgency is not that of the statements");
        }
        List<List<Mention>> clauses = Clause.mentions(lexicon, items);
        check(clauses.stream().noneMatch(List::isEmpty), "a clause speaks of nothing");
        List<Given> open = new ArrayList<>(cited);
        for (Mention mention : clauses.stream().flatMap(List::stream).toList()) {
            check(mention.conflict() == null, mention.conflict());
            Given statement = open.stream()
                    .filter(each -> key(each).equals(mention.term().key())
                            && sides(each).equals(mention.sides()))
                    .findFirst()
                    .orElseThrow(() ->
                            new Refusal("a sentence speaks of what it names no statement for, or of another side"));
            open.remove(statement);
            compare(mention, statement);
        }
        check(open.isEmpty(), "a sentence names a statement that it does not word");
    }

    private static void compare(Mention mention, Given statement) throws Refusal {
        Level level = mention.level() == null && mention.has(Kind.NUMBER) ? Level.MEASURED : mention.level();
        check(level == statement.level(), "the certainty is not that of the statement");
        Set<String> sites = statement.site() == null ? Set.of() : Set.of("site");
        check(sites.equals(mention.keys(Kind.SITE)), "the site is not that of the statement");
        Numbers.compare(mention, statement);
    }

    /** The words that may be used: the lexicon's, and what the statements themselves bring. */
    private Phrases phrases(List<Given> cited) {
        Phrases phrases = lexicon.strict();
        for (Given statement : given) {
            names(statement.code(), statement.term()).forEach(name -> phrases.add(Kind.TERM, key(statement), name));
            if (severalAllowed(statement)) {
                lexicon.plurals(key(statement)).forEach(name -> phrases.add(Kind.TERM, key(statement), name));
            }
        }
        for (Given statement : cited) {
            if (statement.site() != null) {
                names(statement.siteCode(), statement.site()).forEach(name -> phrases.add(Kind.SITE, "site", name));
            }
            for (Given.Measure measure : statement.measures()) {
                phrases.add(Kind.MEASURE, measure.name(), measure.name());
                phrases.add(Kind.UNIT, measure.unit(), measure.unit());
            }
        }
        return phrases;
    }

    /** Of what is not there, or is on both sides, there may be more than one. */
    private static boolean severalAllowed(Given statement) {
        return statement.level().absent() || "B".equals(statement.laterality());
    }

    private List<String> names(Code code, String name) {
        List<String> names = new ArrayList<>(List.of(name));
        if (code != null) {
            names.addAll(lexicon.synonyms(code.scheme() + "." + code.value()));
        }
        return names;
    }

    private static String key(Given statement) {
        Code code = statement.code();
        return code == null ? statement.term() : code.scheme() + "." + code.value();
    }

    private static Set<String> sides(Given statement) {
        return statement.laterality() == null ? Set.of() : Set.of(statement.laterality());
    }

    static void check(boolean holds, String refusal) throws Refusal {
        if (!holds) {
            throw new Refusal(refusal);
        }
    }

    /** Why a text is refused; never what it says. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(String why) {
            super(why);
        }
    }
}
