package io.prelim.report.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
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
}
