package io.prelim.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeBandTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "011M, -, -, 0-1",
                "364D, -, -, 0-1",
                "051W, -, -, 0-1",
                "012M, -, -, 1-5",
                "005Y, -, -, 1-5",
                "006Y, -, -, 6-17",
                "018Y, -, -, 18-39",
                "040Y, -, -, 40-64",
                "065Y, -, -, 65-89",
                "090Y, -, -, 90+",
                "-, 20200102, 20260101, 1-5",
                "-, 20200102, 20260102, 6-17",
                "seven, 20200102, 20260102, 6-17",
                "-, 20260102, 20200102, -",
                "-, 2020, 20260102, -",
                "-, -, 20260102, -",
            })
    void agesFallIntoBands(String age, String born, String examined, String band) {
        assertThat(AgeBand.of(age, born, examined)).isEqualTo(band);
    }
}
