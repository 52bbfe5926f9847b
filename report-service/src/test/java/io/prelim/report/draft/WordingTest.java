package io.prelim.report.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WordingTest {
    @Test
    void languageWithoutWordsIsEnglishWhateverTheMachineSpeaks() {
        Locale machine = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            Wording wording = Wording.in(Locale.forLanguageTag("xx"));

            assertThat(wording.language()).isEqualTo("en");
            assertThat(wording.probability(0.5)).isEqualTo("0.50");
            assertThat(wording.sentence("comparison.none")).isEqualTo("No earlier study was compared.");
        } finally {
            Locale.setDefault(machine);
        }
    }

    @Test
    void everyLanguageHasTheSameKeysAndPlaceholders() throws IOException {
        Map<String, Set<String>> english = placeholders("wording.properties");

        assertThat(placeholders("wording_de.properties")).isEqualTo(english);
        assertThat(english).hasSizeGreaterThan(60);
    }

    @Test
    void germanIsSaidAsRadiologistsSayIt() {
        Wording german = Wording.in(Locale.GERMANY);

        assertThat(german.language()).isEqualTo("de-DE");
        assertThat(german.sentence("impression.sentence", german.phrase("absent.no-sign", "Pneumonie")))
                .isEqualTo("Kein Nachweis von Pneumonie.");
        assertThat(german.sentence("impression.sentence", german.phrase("present.possible", "Pleuraerguss, links")))
                .isEqualTo("Verdacht auf Pleuraerguss, links.");
        assertThat(german.sentence("impression.sentence", german.phrase("present.probable", "Pneumonie")))
                .isEqualTo("Pneumonie wahrscheinlich.");
        assertThat(german.probability(0.834)).isEqualTo("0,83");
        assertThat(german.probability(0.004)).isEqualTo("<0,01");
        assertThat(german.date("20260301")).isEqualTo("1. März 2026");
    }

    /** What stands in braces in each pattern, with the format but not the words of a choice. */
    private static Map<String, Set<String>> placeholders(String file) throws IOException {
        Properties words = new Properties();
        try (var in = Wording.class.getResourceAsStream(file)) {
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        Map<String, Set<String>> placeholders = new TreeMap<>();
        for (String key : words.stringPropertyNames()) {
            Matcher matcher = Pattern.compile("\\{(\\d)(,[a-z]+)?").matcher(words.getProperty(key));
            Set<String> found = new TreeSet<>();
            while (matcher.find()) {
                found.add(matcher.group(1));
            }
            placeholders.put(key, found);
        }
        return placeholders;
    }
}
