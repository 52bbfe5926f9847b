package io.prelim.report.draft;

import io.prelim.events.Finding;
import io.prelim.report.statement.Level;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;

/**
 * Which words a calibrated probability deserves: a table of lower bounds, in {@code certainty.properties}. The words themselves
 * are the wording's. Bounds follow the five levels of Panicek and Hricak, "How sure are you, doctor? A standardized lexicon to
 * describe the radiologist's level of certainty", AJR 2016;207:2-3.
 */
public final class Certainty {
    private static final Certainty STANDARD = read("certainty.properties");

    private final List<Bound> present;
    private final List<Bound> absent;

    private Certainty(List<Bound> present, List<Bound> absent) {
        this.present = present;
        this.absent = absent;
    }

    public static Certainty standard() {
        return STANDARD;
    }

    /** @param probability of a finding that is present, 0 to 1; the answer is a key of the wording */
    String present(double probability) {
        return present.get(level(present, probability)).key;
    }

    /** @param probability of a finding that is absent, 0 to 1; the answer is a key of the wording */
    String absent(double probability) {
        return absent.get(level(absent, probability)).key;
    }

    /** Of a finding that is present. @param probability 0 to 1 */
    public Level level(double probability) {
        return Level.of(present(probability)).orElseThrow();
    }

    /** How many levels lie between two probabilities of a finding that is present. */
    int apart(double one, double other) {
        return Math.abs(level(present, one) - level(present, other));
    }

    /** Whether two probabilities of a finding deserve the same words. */
    public boolean alike(Finding.Presence presence, double one, double other) {
        List<Bound> levels = presence == Finding.Presence.ABSENT ? absent : present;
        return level(levels, one) == level(levels, other);
    }

    private static int level(List<Bound> levels, double probability) {
        for (int i = 0; i < levels.size(); i++) {
            if (probability >= levels.get(i).from) {
                return i;
            }
        }
        return levels.size() - 1;
    }

    private static Certainty read(String resource) {
        Properties table = new Properties();
        try (InputStream in = Certainty.class.getResourceAsStream(resource)) {
            table.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Certainty(levels(table, "present."), levels(table, "absent."));
    }

    private static List<Bound> levels(Properties table, String prefix) {
        List<Bound> levels = table.stringPropertyNames().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> new Bound(key, Double.parseDouble(table.getProperty(key))))
                .sorted(Comparator.comparingDouble((Bound level) -> level.from).reversed())
                .toList();
        if (levels.isEmpty() || levels.get(levels.size() - 1).from != 0) {
            throw new IllegalStateException("certainty table: levels " + prefix + "* must exist and reach down to 0");
        }
        return levels;
    }

    private record Bound(String key, double from) {}
}
