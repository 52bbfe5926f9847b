package io.prelim.report.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.events.ReportChanged;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardStatusTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "DRAFT,R,R,partial,preliminary,UNVERIFIED,PRELIMINARY",
                "REVIEWED,P,P,preliminary,preliminary,UNVERIFIED,PRELIMINARY",
                "SIGNED,F,F,final,final,VERIFIED,FINAL",
                "ADDENDED,F,F,appended,final,VERIFIED,FINAL",
                "CORRECTED,C,C,corrected,corrected,VERIFIED,FINAL",
                "RETRACTED,X,D,entered-in-error,entered-in-error,-,-"
            })
    void statusIsTheTablesInEachStandard(
            ReportChanged.Status status,
            String obr25,
            String obx11,
            String report,
            String observation,
            String verification,
            String preliminary) {
        StandardStatus standard = StandardStatus.of(status);

        assertThat(standard.obr25()).isEqualTo(obr25);
        assertThat(standard.obx11()).isEqualTo(obx11);
        assertThat(standard.diagnosticReport()).isEqualTo(report);
        assertThat(standard.observation()).isEqualTo(observation);
        assertThat(standard.verificationFlag()).isEqualTo(verification);
        assertThat(standard.preliminaryFlag()).isEqualTo(preliminary);
    }

    @Test
    void everyKnownStatusHasARowAndTheUnknownNone() {
        assertThat(Arrays.stream(ReportChanged.Status.values())
                        .filter(status -> status != ReportChanged.Status.UNKNOWN)
                        .map(StandardStatus::of))
                .hasSize(StandardStatus.values().length)
                .doesNotHaveDuplicates();
        assertThatThrownBy(() -> StandardStatus.of(ReportChanged.Status.UNKNOWN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
