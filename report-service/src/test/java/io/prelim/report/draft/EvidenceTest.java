package io.prelim.report.draft;

import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.events.EventJson;
import io.prelim.events.Finding;
import io.prelim.events.UnreadableEvent;
import io.prelim.report.template.Section;
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

    /** The compiler refuses the rest: what says something of images takes nothing else, and nothing else says it. */
    @Test
    void findingsAndImpressionTakeWhatModelsSaidAndNoticesOfTheAnalysisAlone() throws NoSuchMethodException {
        assertThat(Arrays.stream(Draft.class.getRecordComponents())
                        .filter(component -> List.of("findings", "impression").contains(component.getName()))
                        .map(component -> ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]))
                .containsExactly(Sentence.Clinical.class, Sentence.Clinical.class);
        assertThat(Sentence.Clinical.class.getPermittedSubclasses())
                .containsExactly(Sentence.Claim.class, Sentence.Notice.class, Sentence.Authored.class);
        assertThat(((ParameterizedType)
                                Sentence.Claim.class.getMethod("evidence").getGenericReturnType())
                        .getActualTypeArguments())
                .containsExactly(Evidence.OfImages.class);
        assertThat(Evidence.OfImages.class.getPermittedSubclasses())
                .containsExactly(Evidence.OfFinding.class, Evidence.OfPrior.class);
    }

    @Test
    void whatClaimsAboutImagesWithoutAModelIsNotReadBack() {
        String finding = """
                {"kind":"finding","findingId":"604d898c-3254-5c9b-9daa-0a10be6c1b31",
                 "outcomeId":"980b6354-e9a6-56e8-b902-da00d9dec96d","name":"pneumonia",
                 "model":{"deployment":"chest","modelDigest":"sha256:1","manifestDigest":"sha256:2","role":"ACTIVE"},
                 "presence":"PRESENT","probability":0.8,"threshold":0.5,
                 "images":[{"sopInstanceUid":"1.2","sopClassUid":"1.3","frame":0}]}""";
        String process = "{\"kind\":\"process\",\"planId\":\"604d898c-3254-5c9b-9daa-0a10be6c1b31\",\"code\":\"x\"}";
        String template = "{\"kind\":\"template\",\"name\":\"x\",\"digest\":\"sha256:1\"}";

        assertThatCode(() -> DraftJson.read(stored("claim", finding))).doesNotThrowAnyException();
        for (String evidence : List.of(
                "",
                template,
                finding + "," + process,
                finding.replace("\"images\"", "\"other\""),
                finding.replace("0.8", "1.8"),
                finding.replace("\"modelDigest\":\"sha256:1\",", ""),
                finding.replace("\"findingId\"", "\"id\""))) {
            assertThatThrownBy(() -> DraftJson.read(stored("claim", evidence)))
                    .as(evidence)
                    .isInstanceOf(UnreadableEvent.class);
        }
        assertThatThrownBy(() -> DraftJson.read(stored("notice", finding))).isInstanceOf(UnreadableEvent.class);
        assertThatThrownBy(() -> DraftJson.read(stored("description", process))).isInstanceOf(UnreadableEvent.class);
        assertThatThrownBy(() -> DraftJson.read(stored("template", template))).isInstanceOf(UnreadableEvent.class);
    }

    /** As drafts were stored before what was said of an analysis had a kind of its own. */
    @Test
    void aClaimAboutTheAnalysisIsReadAsTheNoticeItIs() throws UnreadableEvent {
        String process =
                "{\"kind\":\"process\",\"planId\":\"604d898c-3254-5c9b-9daa-0a10be6c1b31\",\"code\":\"awaited\"}";

        Draft draft = DraftJson.read(stored("claim", process));

        assertThat(draft.findings())
                .singleElement()
                .isInstanceOfSatisfying(
                        Sentence.Notice.class,
                        notice -> assertThat(notice.evidence().get(0).code()).isEqualTo("awaited"));
        assertThat(draft.template()).isNull();
        assertThat(draft.sections().keySet()).containsExactly(Section.values());
    }

    private static String stored(String kind, String evidence) {
        return """
                {"studyKey":"604d898c-3254-5c9b-9daa-0a10be6c1b31","studyInstanceUid":"1.2.3","revision":1,
                 "planId":"980b6354-e9a6-56e8-b902-da00d9dec96d","priority":"ROUTINE","language":"en","settled":true,
                 "synthetic":false,"outcomeIds":[],"examination":[],"indication":[],"technique":[],"comparison":[],
                 "findings":[{"kind":"%s","id":"604d898c-3254-5c9b-9daa-0a10be6c1b32","text":"Text.","evidence":[%s]}],
                 "impression":[]}""".formatted(kind, evidence);
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
                null,
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
