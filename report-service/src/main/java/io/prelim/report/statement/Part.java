package io.prelim.report.statement;

import io.prelim.report.statement.Phrases.Item;
import io.prelim.report.statement.Phrases.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a clause says of one thing. */
final class Part {
    final Item term;
    /** How it is joined to the part before: {@code and}, {@code or}, {@code nor}, {@code ,}, {@code but}, {@code with}, {@code without}, {@code beside}. */
    final String join;

    final List<Item> before = new ArrayList<>();
    final List<Item> after = new ArrayList<>();
    /** Whether a side or site stood at the beginning, before a comma. */
    boolean headed;
    /** Whether a word of certainty was put behind it after a comma. */
    boolean trailed;
    /** Whether words were put behind it after a word that joins, which may be of the next. */
    boolean loose;
    /** How sure; null where nothing says it. */
    Level level;
    /** Whether its certainty is that of the part before. */
    boolean reached;

    Part(Item term, String join) {
        this.term = term;
        this.join = join;
    }

    List<Item> words() {
        return Stream.concat(before.stream(), after.stream()).toList();
    }

    List<Item> cues() {
        return words().stream().filter(item -> item.is(Kind.CUE)).toList();
    }

    boolean has(Kind kind) {
        return words().stream().anyMatch(item -> item.is(kind));
    }

    boolean before(Kind kind) {
        return before.stream().anyMatch(item -> item.is(kind));
    }

    boolean after(Kind kind) {
        return after.stream().anyMatch(item -> item.is(kind));
    }

    /** The certainty of its own words. */
    Level own() {
        return Level.of(cues().get(0).key()).orElseThrow();
    }

    boolean absent() {
        return level != null && level.absent();
    }

    /** Whether its certainty holds for what is joined to it. */
    boolean reaches() {
        return reached || before(Kind.CUE);
    }

    /** Whether what is joined to it by "and" is of the same list. */
    boolean list() {
        return reached && join.equals(",") || has(Kind.EVIDENCE);
    }

    /** Whether its side or site stands for itself, away from the thing, and may be of what follows as well. */
    boolean placed() {
        boolean put = false;
        boolean seen = false;
        for (Item item : before) {
            boolean side = item.is(Kind.SIDE) || item.is(Kind.SITE);
            put |= item.is(Kind.PLACE);
            seen |= side;
            if (side && put || seen && (item.is(Kind.CUE) || item.is(Kind.ASSERTION))) {
                return true;
            }
        }
        return headed;
    }
}
