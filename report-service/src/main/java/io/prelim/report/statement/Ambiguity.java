package io.prelim.report.statement;

import io.prelim.report.statement.Phrases.Item;
import io.prelim.report.statement.Phrases.Kind;
import java.util.List;
import java.util.Set;

/** What in a clause a reader may understand in more than one way. */
final class Ambiguity {
    private static final Set<String> LISTING = Set.of("and", "or", "nor", ",");
    /** Articles that are none of a thing only. */
    private static final Set<String> ONE = Set.of("einer", "eines", "einem", "any");
    /** Verbs of one thing. */
    private static final Set<String> SINGLE = Set.of("is", "ist", "besteht", "findet", "zeigt");

    private final Lexicon lexicon;
    private final List<Part> parts;

    Ambiguity(Lexicon lexicon, List<Part> parts) {
        this.lexicon = lexicon;
        this.parts = parts;
    }

    /** Null for none. */
    String of(int i) {
        Part part = parts.get(i);
        Part earlier = i == 0 ? null : parts.get(i - 1);
        if (part.cues().size() > 1) {
            return "more than one word of certainty";
        }
        if (part.has(Kind.CLEAR) && !clearSign(part)) {
            return "a word of certainty that does not fit";
        }
        if (!ofItsSite(part.before) || !ofItsSite(part.after)) {
            return "words before a site that do not fit";
        }
        if (part.join.equals("beside")) {
            return "two things side by side";
        }
        if (part.loose || part.trailed && parts.size() > 1) {
            return "words that may be of another thing";
        }
        if (earlier == null) {
            return null;
        }
        if (denialReaches(part, earlier)) {
            return "a denial that may reach further";
        }
        if (endReaches(part, earlier)) {
            return "a word of certainty that may be of both";
        }
        if (explains(part)) {
            return "a thing that may explain another";
        }
        return sideReaches(i) ? "a side or site that may be of more" : null;
    }

    /** "A clear sign of it is not seen": not "clearly no sign", not "no sign of a clear one". */
    private static boolean clearSign(Part part) {
        for (int i = 0; i < part.before.size(); i++) {
            if (part.before.get(i).is(Kind.CLEAR)
                    && (i + 1 == part.before.size() || !part.before.get(i + 1).is(Kind.EVIDENCE))) {
                return false;
            }
        }
        return part.level == Level.NO_CLEAR_SIGN && !part.after(Kind.CLEAR) && part.after(Kind.CUE);
    }

    /** "Both" is of a site, and no article is: "of one lung" is not of the lung. */
    private static boolean ofItsSite(List<Item> words) {
        boolean one = false;
        for (int i = 0; i < words.size(); i++) {
            Item word = words.get(i);
            boolean beforeSite = i + 1 < words.size() && words.get(i + 1).is(Kind.SITE);
            if (word.is(Kind.BOTH) && !beforeSite || one && (word.is(Kind.BOTH) || word.is(Kind.SITE))) {
                return false;
            }
            boolean article = word.is(Kind.ARTICLE) || ONE.contains(word.text());
            one = article || one && word.is(Kind.NEUTRAL);
        }
        return true;
    }

    /** "A may be there and B cannot be excluded", "A of 9 mm and B are not seen": what stands at the end may be of both. */
    private static boolean endReaches(Part part, Part earlier) {
        boolean atEnd = part.join.equals("and")
                && part.after(Kind.CUE)
                && part.after.stream().noneMatch(item -> SINGLE.contains(item.text()));
        return atEnd && (earlier.before(Kind.CUE) || earlier.has(Kind.NUMBER));
    }

    private boolean denialReaches(Part part, Part earlier) {
        boolean own = !part.cues().isEmpty();
        if (own && lexicon.without(part.cues().get(0)) && earlier.absent()) {
            return earlier.cues().isEmpty() || !lexicon.without(earlier.cues().get(0));
        }
        if (own && part.join.equals("nor")) {
            return true;
        }
        if (own && part.join.equals("or")) {
            boolean denials = part.own().absent()
                    && (part.before(Kind.CUE)
                            ? earlier.absent()
                            : earlier.cues().isEmpty());
            return !denials;
        }
        boolean reaches = earlier.absent() && earlier.reaches() && LISTING.contains(part.join);
        boolean another = own
                ? part.join.equals("and")
                        && part.before(Kind.CUE)
                        && !part.own().absent()
                : part.has(Kind.NUMBER);
        return reaches && another;
    }

    /** "A, in keeping with B". */
    private static boolean explains(Part part) {
        boolean joined = part.join.equals(",") || part.join.equals("with");
        if (!joined || part.cues().isEmpty() || part.own() != Level.CONSISTENT || !part.before(Kind.CUE)) {
            return false;
        }
        for (Item item : part.before) {
            if (item.is(Kind.CUE)) {
                return true;
            }
            if (item.is(Kind.ASSERTION) || item.is(Kind.NEUTRAL)) {
                return false;
            }
        }
        return false;
    }

    /** "On the left A, and B"; "no left A or B". */
    private boolean sideReaches(int i) {
        Part part = parts.get(i);
        Part earlier = parts.get(i - 1);
        boolean begins = part.before(Kind.ARTICLE) || part.has(Kind.SIDE);
        if (part.level != null && part.cues().isEmpty() && !begins && earlier.before(Kind.SIDE)) {
            return true;
        }
        for (int k = i - 1; k >= 0; k--) {
            if (parts.get(k + 1).before(Kind.SIDE)) {
                return false;
            }
            if (parts.get(k).placed()) {
                return true;
            }
        }
        return false;
    }
}
