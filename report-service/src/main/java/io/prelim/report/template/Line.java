package io.prelim.report.template;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of a template's section. */
public sealed interface Line {
    /** All that is drafted for the section it stands in, such as {@code {findings}}. */
    record Drafted() implements Line {}

    /** Words of the site. */
    record Fixed(String text) implements Line {}

    /** Words of the site with placeholders. */
    record Filled(String text, Set<Placeholder> uses) implements Line {
        static final Pattern BRACES = Pattern.compile("\\{([a-z-]+)}");

        public Filled {
            uses = Set.copyOf(uses);
        }

        /** @return empty when one of its placeholders has no value: half a sentence is not said */
        public Optional<String> fill(Map<Placeholder, String> values) {
            for (Placeholder used : uses) {
                if (values.getOrDefault(used, "").isEmpty()) {
                    return Optional.empty();
                }
            }
            Matcher matcher = BRACES.matcher(text);
            return Optional.of(matcher.replaceAll(match -> Matcher.quoteReplacement(
                    values.get(Placeholder.of(match.group(1)).orElseThrow()))));
        }
    }
}
