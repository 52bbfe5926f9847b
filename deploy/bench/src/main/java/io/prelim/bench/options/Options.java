package io.prelim.bench.options;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Options of a command line, each with a value. */
public final class Options {
    private Options() {}

    /**
     * @return values by option, as they were given
     * @throws IllegalArgumentException when the last one has no value
     */
    public static Map<String, String> of(List<String> arguments) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(arguments.get(i) + " needs a value");
            }
            options.put(arguments.get(i), arguments.get(i + 1));
        }
        return options;
    }

    /** @throws IllegalArgumentException when the text is no number from 1 to the most */
    public static int number(String text, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a number from 1 to " + most);
    }

    /** For an option that there is none of. */
    public static IllegalArgumentException unknown(String option) {
        return new IllegalArgumentException("no option " + option);
    }
}
