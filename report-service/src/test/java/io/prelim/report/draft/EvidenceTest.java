package io.prelim.report.draft;

import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.events.EventJson;
import io.prelim.events.Finding;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    @Test
    void claimWithoutEvidenceCannotBeMade() {
        assertThatThrownBy(() -> new Sentence.Claim(UUID.randomUUID(), "Pneumonia.", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("evidence");
    }

    @Test
    void findingWithoutImageIsNoEvidence() {
        assertThatThrownBy(() -> finding(0.5, List.of())).hasMessageContaining("names no image");
    }

    @Test
    void findingWithoutProbabilityIsNoEvidence() {
        List<Finding.ImageReference> images = List.of(new Finding.ImageReference("1.2", "1.3", 0));

        assertThatThrownBy(() -> finding(Double.NaN, images)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> finding(1.1, images)).hasMessageContaining("1.1");
    }

    /** As drafts were stored before findings were measured. */
    @Test
    void aFindingWithoutMeasurementsIsWrittenAndReadAsBefore() throws Exception {
        Evidence.OfFinding finding = finding(0.5, List.of(new Finding.ImageReference("1.2", "1.3", 1)));

        String json = EventJson.mapper().writeValueAsString(finding);

        assertThat(json).doesNotContain("measurements");
        assertThat(EventJson.mapper().readValue(json, Evidence.class)).isEqualTo(finding);
    }

    @Test
    void findingsAndImpressionTakeClaimsAlone() {
        assertThat(Arrays.stream(Draft.class.getRecordComponents())
                        .filter(component -> List.of("findings", "impression").contains(component.getName()))
                        .map(component -> ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]))
                .containsExactly(Sentence.Claim.class, Sentence.Claim.class);
    }

    private static Evidence.OfFinding finding(double probability, List<Finding.ImageReference> images) {
        return new Evidence.OfFinding(
                UUID.randomUUID(),
                UUID.randomUUID(),
                active("chest"),
                "pneumonia",
                null,
                Finding.Presence.PRESENT,
                probability,
                0.5,
                "platt",
                images,
                List.of());
    }
}
