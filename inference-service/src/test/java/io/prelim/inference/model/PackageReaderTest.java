package io.prelim.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.prelim.events.ModelRole;
import io.prelim.inference.fixture.TestPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageReaderTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-24");

    @TempDir
    Path folder;

    @Test
    void readsAPackage() throws BadPackage {
        ModelPackage read = PackageReader.read(TestPackages.brightness(folder));

        assertThat(read.deployment()).isEqualTo(TestPackages.DEPLOYMENT);
        assertThat(read.modelDigest())
                .isEqualTo("sha256:" + TestPackages.sha256(TestPackages.read(TestPackages.graph("brightness.onnx"))));
        assertThat(read.manifestDigest())
                .isEqualTo("sha256:" + TestPackages.sha256(TestPackages.read(folder.resolve("manifest.yaml"))));
        assertThat(read.manifest().findings()).hasSize(1);
        assertThat(read.manifest().selection().viewPosition()).isEqualTo(SelectionRule.Choice.ANY);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    schema: prelim.model/1                | schema: prelim.model/2               | schema
                    id: brightness                        | id: ../brightness                    | id
                    version: 1.0.0                        | version: latest                      | version
                    name: Brightness of an image          | name: ''                             | name
                    file: model.onnx                      | file: ../model.onnx                  | model.file
                    layout: NCHW                          | layout: NHWC                         | input.layout
                    shape: [1, 16, 16]                    | shape: [1, 16, 32]                   | input.shape
                    kind: single-frame                    | kind: magic                          | input.preparation.kind
                    width: 16                             | width: 1000000                       | input.preparation.resize.width
                    high: 99.5                            | high: 0.1                            | input.preparation.intensity.high
                    direction: accept-below               | direction: accept-above              | outputs.scope.direction
                    output: logit                         | output: other                        | findings[0].output
                    index: 0                              | index: -1                            | findings[0].index
                    value: "1",                           |                                      | findings[0].code.value
                    method: platt                         | method: guess                        | findings[0].calibration.method
                    slope: 1.0                            | slope: 10000000.0                    | findings[0].calibration.slope
                    threshold: 0.5,                       | treshold: 0.5,                       | outputs.scope.treshold
                    urgent: true                          | urgent: perhaps                      | findings[0].urgent
                    modality: [CR, DX]                    | modality: []                         | selection.modality
                    maxImages: 2                          | maxImages: 0                         | selection.maxImages
                    deadlineSeconds: 30                   | deadlineSeconds: 0                   | limits.deadlineSeconds
                    """)
    void namesFileAndKeyOfWhatIsWrong(String right, String wrong, String key) throws IOException {
        String manifest = TestPackages.manifest("brightness.onnx").replace(right, wrong == null ? "" : wrong);
        assertThat(manifest).isNotEqualTo(TestPackages.manifest("brightness.onnx"));
        TestPackages.brightness(folder);
        Files.writeString(folder.resolve("manifest.yaml"), manifest);

        BadPackage refused = catchThrowableOfType(BadPackage.class, () -> PackageReader.read(folder));

        assertThat(refused.file()).isEqualTo("manifest.yaml");
        assertThat(refused.key()).isEqualTo(key);
        assertThat(refused).hasMessageStartingWith("manifest.yaml: " + key + ": ");
    }

    @Test
    void readsHowFindingsAreExplained() throws BadPackage, IOException {
        explained("explanation: { method: occlusion, patch: 4, stride: 2, value: -0.5 }");

        assertThat(PackageReader.read(folder).manifest().occlusion()).contains(new ModelManifest.Occlusion(4, 2, -0.5));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    explanation: { method: guess, patch: 4, stride: 2, value: 0 }                    | explanation.method
                    explanation: { method: occlusion, patch: 17, stride: 2, value: 0 }               | explanation.patch
                    explanation: { method: occlusion, patch: 4, stride: 5, value: 0 }                | explanation.stride
                    explanation: { method: occlusion, patch: 4, stride: 0, value: 0 }                | explanation.stride
                    explanation: { method: occlusion, patch: 4, stride: 2 }                          | explanation.value
                    explanation: { method: occlusion, patch: 4, stride: 2, value: 0, seed: 1 }       | explanation.seed
                    explanation: occlusion                                                           | explanation
                    """)
    void namesWhatIsWrongOfAnExplanation(String explanation, String key) throws IOException {
        explained(explanation);

        assertThat(refusal().key()).isEqualTo(key);
    }

    @Test
    void boundsTheRunsOfAnExplanation() throws IOException {
        TestPackages.brightness(folder);
        String large = TestPackages.manifest("brightness.onnx")
                .replace("shape: [1, 16, 16]", "shape: [1, 64, 64]")
                .replace("width: 16, height: 16", "width: 64, height: 64");
        String explanation = "explanation: { method: occlusion, patch: 4, stride: 3, value: 0 }\n";
        Files.writeString(folder.resolve("manifest.yaml"), large + explanation);
        assertThat(refusal())
                .hasMessageContaining("explanation.stride: makes 441 squares")
                .hasMessageContaining("400");

        Files.writeString(folder.resolve("manifest.yaml"), large + explanation.replace("stride: 3", "stride: 4"));
        assertThat(catchThrowableOfType(BadPackage.class, () -> PackageReader.read(folder)))
                .isNull();
    }

    @Test
    void aFindingIsExplainedInOneWay() throws IOException {
        explained("explanation: { method: occlusion, patch: 4, stride: 2, value: 0 }");
        Path manifest = folder.resolve("manifest.yaml");
        Files.writeString(
                manifest, Files.readString(manifest).replace("findings:", "  saliency: { name: cam }\nfindings:"));

        assertThat(refusal()).hasMessageContaining("explanation: must not be beside outputs.saliency");
    }

    @Test
    void volumesHaveNoSaliency() throws IOException {
        String volumes = TestPackages.manifest(
                "NCDHW",
                "[1, 4, 4, 4]",
                "\n    - frames: { take: volume, leastSlices: 3 }\n    - cropPad: { depth: 4, height: 4, width: 4 }");
        TestPackages.brightness(folder);
        Files.writeString(
                folder.resolve("manifest.yaml"),
                volumes + "explanation: { method: occlusion, patch: 1, stride: 1, value: 0 }\n");
        assertThat(refusal()).hasMessageContaining("explanation: is of frames");

        Files.writeString(
                folder.resolve("manifest.yaml"), volumes.replace("findings:", "  saliency: { name: cam }\nfindings:"));
        assertThat(refusal()).hasMessageContaining("outputs.saliency: is of frames");
    }

    private void explained(String explanation) throws IOException {
        TestPackages.brightness(folder);
        Files.writeString(
                folder.resolve("manifest.yaml"), TestPackages.manifest("brightness.onnx") + explanation + "\n");
    }

    private BadPackage refusal() {
        BadPackage refused = catchThrowableOfType(BadPackage.class, () -> PackageReader.read(folder));
        assertThat(refused).isNotNull();
        return refused;
    }

    @Test
    void refusesAModelOfAnotherDigest() throws IOException {
        TestPackages.brightness(folder);
        Files.write(folder.resolve("model.onnx"), new byte[] {1, 2, 3});

        BadPackage refused = catchThrowableOfType(BadPackage.class, () -> PackageReader.read(folder));

        assertThat(refused.key()).isEqualTo("model.sha256");
    }

    @Test
    void refusesALinkOutOfThePackage() throws IOException {
        TestPackages.brightness(folder);
        Files.delete(folder.resolve("model.onnx"));
        Files.createSymbolicLink(
                folder.resolve("model.onnx"),
                TestPackages.graph("brightness.onnx").toAbsolutePath());

        BadPackage refused = catchThrowableOfType(BadPackage.class, () -> PackageReader.read(folder));

        assertThat(refused.file()).isEqualTo("model.onnx");
    }

    @Test
    void refusesAKeyThatIsThereTwice() throws IOException {
        TestPackages.brightness(folder);
        Files.writeString(
                folder.resolve("manifest.yaml"), TestPackages.manifest("brightness.onnx") + "version: 2.0.0\n");

        BadPackage refused = catchThrowableOfType(BadPackage.class, () -> PackageReader.read(folder));

        assertThat(refused).hasMessageContaining("Duplicate");
    }

    @Test
    void withoutClearanceFindingsAreForResearch() throws BadPackage {
        Deployment deployment =
                new Deployment(PackageReader.read(TestPackages.brightness(folder)), false, Optional.of("EU"));

        assertThat(deployment.researchOnly()).isTrue();
        assertThat(deployment.role(TODAY)).isEqualTo(ModelRole.ACTIVE);
    }

    @Test
    void aClearanceHoldsInItsRegion() throws BadPackage {
        TestPackages.write(folder, "brightness.onnx", TestPackages.manifest("brightness.onnx"), """
                clearance: CE 0000
                region: [EU]
                expires: 2027-11-30
                """);
        ModelPackage read = PackageReader.read(folder);

        assertThat(new Deployment(read, false, Optional.of("EU")).researchOnly())
                .isFalse();
        assertThat(new Deployment(read, false, Optional.of("US")).researchOnly())
                .isTrue();
        assertThat(new Deployment(read, false, Optional.empty()).researchOnly()).isTrue();
    }

    @Test
    void anExpiredMissingOrUnreadableCardMakesAShadow() throws BadPackage, IOException {
        TestPackages.brightness(folder);
        Deployment valid = new Deployment(PackageReader.read(folder), false, Optional.empty());
        assertThat(valid.role(LocalDate.parse("2027-11-30"))).isEqualTo(ModelRole.ACTIVE);
        assertThat(valid.role(LocalDate.parse("2027-12-01"))).isEqualTo(ModelRole.SHADOW);

        Files.writeString(folder.resolve("card.yaml"), "clearance: [");
        Deployment unreadable = new Deployment(PackageReader.read(folder), false, Optional.empty());
        assertThat(unreadable.role(TODAY)).isEqualTo(ModelRole.SHADOW);

        Files.delete(folder.resolve("card.yaml"));
        Deployment missing = new Deployment(PackageReader.read(folder), false, Optional.empty());
        assertThat(missing.role(TODAY)).isEqualTo(ModelRole.SHADOW);
        assertThat(missing.modelPackage().cardProblem().orElseThrow()).startsWith("card.yaml: ");
    }

    @Test
    void findsPackagesInAFolderOfModels() throws BadPackage {
        Path direct = TestPackages.brightness(folder.resolve("a"));
        Path nested = TestPackages.brightness(folder.resolve("b").resolve("package"));

        assertThat(PackageReader.find(folder)).containsExactly(direct, nested);
        assertThat(PackageReader.find(direct)).containsExactly(direct);
        assertThat(catchThrowableOfType(BadPackage.class, () -> PackageReader.find(folder.resolve("none"))))
                .isNotNull();
    }
}
