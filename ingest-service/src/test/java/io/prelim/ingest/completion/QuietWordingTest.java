package io.prelim.ingest.completion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietWordingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4240|5312|30000|quiet period 4.2 s, learned from 5 312 gaps of this sender; set is 30 s",
                "2000|999|500|quiet period 2 s, learned from 999 gaps of this sender; set is 0.5 s"
            })
    void itSaysWhatWasLearnedFromWhat(long millis, long gaps, long setMillis, String said) {
        assertThat(QuietWording.line(millis, gaps, setMillis)).isEqualTo(said);
    }
}
