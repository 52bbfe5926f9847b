package io.prelim.inference.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.prelim.events.Finding;
import io.prelim.events.Finding.ImageReference;
import io.prelim.events.Finding.Presence;
import io.prelim.events.Ids;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.model.BadPackage;
import io.prelim.inference.model.ModelManifest;
import io.prelim.inference.model.PackageReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterpreterTest {
    private static final UUID OUTCOME = UUID.randomUUID();

    @TempDir
    Path folder;

    private ModelManifest manifest;

    @BeforeEach
    void calibrated() throws BadPackage {
        TestPackages.write(
                folder,
                "brightness.onnx",
                TestPackages.manifest("brightness.onnx")
                        .replace("slope: 1.0, intercept: 0.0", "slope: 2, intercept: -1"),
                null);
        manifest = PackageReader.read(folder).manifest();
    }

    @Test
    void calibratesByTheManifest() {
        Finding finding = finding(scores("1.2", 1.5f, 0));

        assertThat(finding.probability()).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-12));
        assertThat(finding.rawScore()).isEqualTo(1.5);
        assertThat(finding.calibration()).isEqualTo("platt");
        assertThat(finding.presence()).isEqualTo(Presence.PRESENT);
        assertThat(finding.urgent()).isTrue();
        assertThat(finding.findingId()).isEqualTo(Ids.finding(OUTCOME, "bright"));
    }

    @Test
    void atTheThresholdIsPresentBelowIsAbsentAndNotUrgent() {
        assertThat(finding(scores("1.2", 0.5f, 0)).presence()).isEqualTo(Presence.PRESENT);
        Finding below = finding(scores("1.2", 0.499f, 0));
        assertThat(below.presence()).isEqualTo(Presence.ABSENT);
        assertThat(below.urgent()).isFalse();
    }

    @Test
    void takesTheMostSuspiciousImage() {
        Finding finding = finding(scores("1.2", -3, 0), scores("1.3", 2, 0), scores("1.4", 1, 0));

        assertThat(finding.rawScore()).isEqualTo(2);
        assertThat(finding.images()).extracting(ImageReference::sopInstanceUid).containsExactly("1.3");
    }

    @Test
    void leavesOutImagesOutOfScope() {
        Finding finding = finding(scores("1.2", 9, 0.51f), scores("1.3", -2, 0.5f));

        assertThat(finding.images()).extracting(ImageReference::sopInstanceUid).containsExactly("1.3");
    }

    @Test
    void withNoImageInScopeDoesNotApply() {
        Answer answer = Interpreter.interpret(manifest, OUTCOME, List.of(scores("1.2", 9, 0.51f)));

        assertThat(answer).isInstanceOfSatisfying(Answer.NotApplicable.class, refused -> {
            assertThat(refused.reason().code()).isEqualTo("out-of-scope");
            assertThat(refused.reason().text()).isEqualTo("The image is not of more than one shade.");
        });
    }

    @Test
    void aNumberThatIsNoneFails() {
        for (ImageScores broken : List.of(
                scores("1.2", Float.NaN, 0), scores("1.2", 0, Float.NaN), scores("1.2", Float.POSITIVE_INFINITY, 0))) {
            assertThat(Interpreter.interpret(manifest, OUTCOME, List.of(scores("1.1", 0, 0), broken)))
                    .isInstanceOfSatisfying(
                            Answer.Failed.class,
                            failed -> assertThat(failed.reason().code()).isEqualTo("output-not-finite"));
        }
    }

    private Finding finding(ImageScores... images) {
        Answer answer = Interpreter.interpret(manifest, OUTCOME, List.of(images));
        assertThat(answer).isInstanceOf(Answer.Findings.class);
        return ((Answer.Findings) answer).findings().get(0);
    }

    private static ImageScores scores(String uid, float logit, float scope) {
        return new ImageScores(
                new ImageReference(uid, "1.2.840.10008.5.1.4.1.1.1.1", 1),
                Map.of("logit", new float[] {logit}, "scope_distance", new float[] {scope}));
    }
}
