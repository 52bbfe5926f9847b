package io.prelim.ingest.web.qido;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.ingest.web.BadParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "20260102, 20260102, 20260102",
                "20260102-, 20260102, -",
                "'-20260102', -, 20260102",
                "20260102-20260203, 20260102, 20260203"
            })
    void dates(String value, String from, String to) {
        assertThat(Values.dates(value)).isEqualTo(new Values.Range(from, to));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "10, 100000.000000, 105959.999999",
                "1015, 101500.000000, 101559.999999",
                "101530, 101530.000000, 101530.999999",
                "101530.5, 101530.500000, 101530.599999",
                "101530.123456, 101530.123456, 101530.123456",
                "10-, 100000.000000, -",
                "'-1015', -, 101559.999999",
                "10-1130, 100000.000000, 113059.999999"
            })
    void timesOfLessStandForAllThatTheyMayBe(String value, String from, String to) {
        assertThat(Values.times(value)).isEqualTo(new Values.Range(from, to));
    }

    @Test
    void wildcardsAloneAreWild() {
        assertThat(Values.pattern("50%_of*DOE?\\")).isEqualTo("50\\%\\_of%DOE_\\\\");
        assertThat(Values.wild("a?")).isTrue();
        assertThat(Values.wild("a%_")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "STUDY_DATE, 2026-01-02",
        "STUDY_DATE, 202601",
        "STUDY_DATE, -",
        "STUDY_DATE, 20260102-20260103-20260104",
        "STUDY_TIME, 1",
        "STUDY_TIME, 10:15",
        "STUDY_TIME, -",
        "STUDY_INSTANCE_UID, 1.2.*",
        "STUDY_INSTANCE_UID, '1.2,'",
        "STUDY_INSTANCE_UID, 1.02",
        "SERIES_NUMBER, one",
        "SERIES_NUMBER, 12345678901",
        "PATIENT_NAME, 'a\u0000b'"
    })
    void whatIsNotOfTheFormIsRefusedWithoutBeingShown(Attribute attribute, String value) {
        assertThatThrownBy(() -> Values.checked(attribute, value))
                .isInstanceOf(BadParameter.class)
                .hasMessageStartingWith(Attribute.hex(attribute.tag()) + " must be")
                .hasMessageNotContaining(" " + value);
    }
}
