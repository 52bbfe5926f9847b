package io.prelim.report.draft;

import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.events.EventJson;
import io.prelim.events.Finding;
import io.prelim.events.UnreadableEvent;
import java.lang.reflect.ParameterizedType;
import java.nio.charset.StandardCharsets;
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

    @Test
    void whatWasStoredBeforeThereWereMapsIsReadAndHasNone() throws UnreadableEvent {
        String stored = """
                {"kind":"finding","findingId":"604d898c-3254-5c9b-9daa-0a10be6c1b31",
                 "outcomeId":"980b6354-e9a6-56e8-b902-da00d9dec96d","name":"pneumonia",
                 "model":{"deployment":"chest","modelDigest":"sha256:1","manifestDigest":"sha256:2","role":"ACTIVE"},
                 "presence":"PRESENT","probability":0.8,"threshold":0.5,"calibration":"platt",
                 "images":[{"sopInstanceUid":"1.2","sopClassUid":"1.3","frame":0}]}""";

        Evidence read = EventJson.read(stored.getBytes(StandardCharsets.UTF_8), Evidence.class);

        assertThat(read)
                .isInstanceOfSatisfying(
                        Evidence.OfFinding.class,
                        finding -> assertThat(finding.part()).isNull());
        assertThat(new String(EventJson.write(read), StandardCharsets.UTF_8))
                .as("and written as it was: a draft without maps keeps its digest")
                .doesNotContain("\"part\"");
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
                List.of(),
                null);
    }
}
