package io.prelim.ingest.web.qido;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.dictionary.Dictionary;
import io.prelim.testkit.docs.GeneratedText;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AttributesTest {
    @Test
    void areInTheConformanceStatement() throws IOException {
        StringBuilder table = new StringBuilder("| level | attribute | matching | returned |\n|---|---|---|---|\n");
        for (Attribute attribute : Attribute.values()) {
            table.append(String.format(
                    "| %s | %s %s | %s | %s |%n",
                    attribute.level().name().toLowerCase(Locale.ROOT),
                    Tag.toString(attribute.tag()),
                    Dictionary.standard().lookup(attribute.tag()).keyword(),
                    attribute.matching().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    attribute.always() ? "always" : "when asked for"));
        }
        GeneratedText.check("deploy/docs/conformance.md", "dicomweb-attributes", table.toString());
    }

    @Test
    void areFoundByKeywordAndTag() {
        assertThat(Attribute.of("PatientName")).isEqualTo(Attribute.PATIENT_NAME);
        assertThat(Attribute.of("0020000d")).isEqualTo(Attribute.STUDY_INSTANCE_UID);
        assertThat(Attribute.of("0020000D")).isEqualTo(Attribute.STUDY_INSTANCE_UID);
        assertThat(Attribute.of("RequestAttributesSequence.RequestedProcedureID"))
                .isEqualTo(Attribute.REQUESTED_PROCEDURE_ID);
        assertThat(Attribute.of("RequestedProcedureID")).isNull();
        assertThat(Attribute.of("patientname")).isNull();
    }
}
