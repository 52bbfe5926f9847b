package io.prelim.report.fhircast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final Catalogue catalogue = new Catalogue(Set.of("org.example.annotate"));

    @Test
    void namesAndWildCardsAreGranted() {
        assertThat(catalogue.granted("patient-OPEN, SyncError")).containsExactlyInAnyOrder("Patient-open", "SyncError");
        assertThat(catalogue.granted("*")).containsAll(catalogue.names()).contains("org.example.annotate");
        assertThat(catalogue.granted("*-*"))
                .doesNotContain("SyncError", "org.example.annotate")
                .hasSize(8);
        assertThat(catalogue.granted("*-open"))
                .containsExactlyInAnyOrder("Patient-open", "ImagingStudy-open", "DiagnosticReport-open");
        assertThat(catalogue.granted("diagnosticreport-*")).hasSize(4);
        assertThat(catalogue.granted("DiagnosticReport-update")).containsExactly("DiagnosticReport-update");
    }

    @Test
    void whatThereIsNotIsNotGranted() {
        for (String none : new String[] {"", ",", "Encounter-open", "*-select-*", "Patient", "**", "Patient-open;"}) {
            assertThat(catalogue.granted(none)).as(none).isEmpty();
        }
    }
}
