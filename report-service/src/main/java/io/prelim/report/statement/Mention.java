package io.prelim.report.statement;

import io.prelim.report.statement.Phrases.Item;
import io.prelim.report.statement.Phrases.Kind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One thing that a text speaks of.
 *
 * @param term     what
 * @param words    around it, as far as they belong to it
 * @param level    how sure; null where nothing says it
 * @param conflict what makes it more than one thing to a reader; null for nothing
 * @param denied   whether nothing says how sure it is, but a denial before it may reach it: "no effusion and pneumothorax"
 */
record Mention(Item term, List<Item> words, Level level, String conflict, boolean denied) {
    Set<String> sides() {
        Set<String> sides = keys(Kind.SIDE);
        sides.addAll(keys(Kind.BOTH));
        return sides;
    }

    Set<String> keys(Kind kind) {
        Set<String> keys = new TreeSet<>();
        words.stream().filter(item -> item.is(kind)).forEach(item -> keys.add(item.key()));
        return keys;
    }

    boolean has(Kind kind) {
        return words.stream().anyMatch(item -> item.is(kind));
    }
}
