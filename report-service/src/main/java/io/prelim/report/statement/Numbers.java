package io.prelim.report.statement;

import static io.prelim.report.statement.Acceptance.check;

import io.prelim.report.statement.Acceptance.Refusal;
import io.prelim.report.statement.Phrases.Item;
import io.prelim.report.statement.Phrases.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether the numbers of a mention are those of its statement. */
final class Numbers {
    private Numbers() {}

    /** @throws Refusal if a number is another's, lacks its unit, or is left out though it is a measure */
    static void compare(Mention mention, Given statement) throws Refusal {
        List<Given.Measure> open = new ArrayList<>(statement.measures());
        boolean probability = false;
        String name = null;
        List<Item> words = mention.words();
        for (int i = 0; i < words.size(); i++) {
            Item word = words.get(i);
            String next = i + 1 < words.size() && words.get(i + 1).is(Kind.UNIT)
                    ? words.get(i + 1).key()
                    : "";
            switch (word.kind()) {
                case MEASURE -> name = word.key();
                case PROBABILITY -> probability = true;
                case UNIT -> check(i > 0 && words.get(i - 1).is(Kind.NUMBER), "a unit stands alone");
                case NUMBER -> {
                    if (probability || word.key().equals(statement.probability())) {
                        check(
                                word.key().equals(statement.probability()) && next.isEmpty(),
                                "a probability is not that of the statement");
                        probability = false;
                    } else {
                        check(
                                open.remove(measured(open, word.key(), next, name)),
                                "a number is not that of the statement");
                        name = null;
                    }
                }
                default -> {
                    // says nothing of numbers
                }
            }
        }
        check(!probability, "a probability has no number");
        check(open.isEmpty(), "a measure is left out");
    }

    /** Null where there is none; of several measures each is named. */
    private static Given.Measure measured(List<Given.Measure> open, String number, String unit, String name) {
        return open.stream()
                .filter(each -> each.value().toLowerCase(Locale.ROOT).equals(number)
                        && each.unit().equals(unit))
                .filter(each -> name == null ? open.size() == 1 : each.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
