package io.prelim.report.statement;

import io.prelim.report.statement.Phrases.Item;
import io.prelim.report.statement.Phrases.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands between two full stops or semicolons. It falls into parts of one thing each, at commas and words that join. A part without a word
 * of certainty takes it from the part before, if it stood before its thing there ("no effusion or fracture"), or from a part behind, if
 * it stands behind its thing there ("effusion and fracture are absent"). The idea of words that reach over their neighbours is that of
 * Chapman et al., "A simple algorithm for identifying negated findings and diseases in discharge summaries", J Biomed Inform 2001;34:301-310; here they
 * reach no further than grammar lets them.
 */
final class Clause {
    private final Lexicon lexicon;
    private final List<Part> parts = new ArrayList<>();
    private final List<Item> leading = new ArrayList<>();
    private String conflict;

    private Clause(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    /** What each clause of the items speaks of, in their order; of nothing, an empty list. */
    static List<List<Mention>> mentions(Lexicon lexicon, List<Item> items) {
        List<List<Mention>> clauses = new ArrayList<>();
        List<Item> words = new ArrayList<>();
        for (int i = 0; i <= items.size(); i++) {
            if (i < items.size() && !items.get(i).is(Kind.HARD)) {
                words.add(items.get(i));
            } else if (!words.isEmpty()) {
                Clause clause = new Clause(lexicon);
                clause.split(words);
                clauses.add(clause.mentions());
                words.clear();
            }
        }
        return clauses;
    }

    private void split(List<Item> items) {
        String join = "";
        List<Item> part = new ArrayList<>();
        boolean denied = false;
        for (Item item : items) {
            boolean cue = item.is(Kind.CUE);
            if (item.is(Kind.NOR) && !denied) {
                conflict = "\"" + item.text() + "\" after no denial";
            }
            if (item.is(Kind.SOFT) || item.is(Kind.OR) || item.is(Kind.NOR)) {
                // of "and, with" the first counts
                boolean nothing = part.isEmpty() && !join.isEmpty() && !join.equals(",");
                close(join, part);
                join = nothing ? join : item.key();
            } else if (cue && lexicon.without(item) && part.stream().anyMatch(each -> each.is(Kind.TERM))) {
                close(join, part);
                join = "without";
                part.add(item);
            } else {
                part.add(item);
            }
            denied |= cue && lexicon.neither(item);
        }
        close(join, part);
    }

    /** What speaks of nothing by itself belongs to what was spoken of before, or else to what comes next. */
    private void close(String join, List<Item> words) {
        boolean first = true;
        List<Item> open = new ArrayList<>();
        for (Item word : words) {
            if (word.is(Kind.TERM)) {
                Part part = new Part(word, first ? join : "beside");
                part.headed = leading.stream().anyMatch(each -> each.is(Kind.SIDE) || each.is(Kind.SITE));
                part.before.addAll(leading);
                part.before.addAll(open);
                leading.clear();
                open.clear();
                parts.add(part);
                first = false;
            } else {
                open.add(word);
            }
        }
        if (parts.isEmpty()) {
            leading.addAll(open);
        } else {
            Part last = parts.get(parts.size() - 1);
            last.after.addAll(open);
            last.loose |=
                    first && !open.isEmpty() && List.of("and", "or", "nor").contains(join);
            last.trailed |= first && join.equals(",") && open.stream().anyMatch(each -> each.is(Kind.CUE));
        }
        words.clear();
    }

    private List<Mention> mentions() {
        List<Mention> mentions = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            part.level = part.cues().isEmpty() ? inherited(i) : part.own();
            if (part.level == Level.NO_SIGN && part.has(Kind.CLEAR)) {
                part.level = Level.NO_CLEAR_SIGN;
            }
        }
        Ambiguity ambiguity = new Ambiguity(lexicon, parts);
        boolean denied = false;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            denied = denied && part.level == null && !part.has(Kind.ASSERTION) && !part.join.equals("but");
            mentions.add(new Mention(
                    part.term, part.words(), part.level, conflict == null ? ambiguity.of(i) : conflict, denied));
            denied |= part.absent() && part.reaches();
        }
        return mentions;
    }

    private Level inherited(int i) {
        Part part = parts.get(i);
        if (part.has(Kind.NUMBER)) {
            return null;
        }
        Part earlier = i == 0 ? null : parts.get(i - 1);
        if (earlier != null && earlier.reaches() && earlier.level != null && joins(i, earlier.level)) {
            part.reached = true;
            return earlier.level;
        }
        for (int later = i + 1; later < parts.size(); later++) {
            Part behind = parts.get(later);
            if (!behind.cues().isEmpty()) {
                boolean joined =
                        parts.subList(i + 1, later + 1).stream().allMatch(each -> joinsBack(each, behind.own()));
                return behind.after.contains(behind.cues().get(0)) && joined && !part.has(Kind.ASSERTION)
                        ? behind.own()
                        : null;
            }
        }
        return null;
    }

    /**
     * "No A or B is seen" denies both; "no A, B is seen" does not, nor "no A, a B" or "no A with B"; "probable A or B" and
     * "probable A and B" leave B open. A list has a word that joins before its last: "no A, no B, C" may mean that C is there. "No A and B" may,
     * "no sign of A and B" and "no A, B and C" do not.
     */
    private boolean joins(int i, Level level) {
        Part part = parts.get(i);
        boolean asserts = part.has(Kind.ASSERTION) || part.has(Kind.ARTICLE) || part.has(Kind.EVIDENCE);
        return switch (part.join) {
            case "or", "nor" -> level.absent();
            case "and" -> !asserts && (level.absent() ? parts.get(i - 1).list() : level == Level.CONSISTENT);
            case "," -> !asserts && goesOn(i + 1, level);
            default -> false;
        };
    }

    /** Whether a list goes on with a part that says nothing of certainty itself, and ends well. */
    private boolean goesOn(int i, Level level) {
        if (i >= parts.size() || !parts.get(i).cues().isEmpty()) {
            return false;
        }
        return parts.get(i).join.equals("and") ? !parts.get(i).has(Kind.ASSERTION) : joins(i, level);
    }

    private static boolean joinsBack(Part part, Level level) {
        return switch (part.join) {
            case "or" -> level.absent();
            case "and", ",", "nor" -> true;
            default -> false;
        };
    }
}
