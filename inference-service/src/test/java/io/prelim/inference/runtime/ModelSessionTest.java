package io.prelim.inference.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.model.BadPackage;
import io.prelim.inference.model.PackageReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSessionTest {
    @TempDir
    Path folder;

    @Test
    void runsAModel() throws Exception {
        try (ModelSession session = open("brightness.onnx", TestPackages.manifest("brightness.onnx"))) {
            float[] image = new float[256];
            Arrays.fill(image, 0, 192, 1f);

            Map<String, float[]> outputs =
                    session.run(image, new long[] {1, 1, 16, 16}).outputs();

            assertThat(outputs.get("logit")).hasSize(1);
            assertThat(outputs.get("logit")[0]).isCloseTo(2.5f, within(1e-5f));
            assertThat(outputs.get("scope_distance")[0]).isEqualTo(0f);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "external.onnx,external data",
        "custom.onnx,domain com.example",
        "other-outputs.onnx,the manifest names logit"
    })
    void refusesAtLoad(String graph, String words) {
        ModelFailure refused = catchThrowableOfType(
                ModelFailure.class,
                () -> open(graph, TestPackages.manifest(graph)).close());

        assertThat(refused).hasMessageContaining(words);
    }

    @Test
    void refusesAnInputOfAnotherShape() throws IOException {
        String manifest = TestPackages.manifest("brightness.onnx")
                .replace("[1, 16, 16]", "[1, 8, 8]")
                .replace("width: 16, height: 16", "width: 8, height: 8");

        assertThat(catchThrowableOfType(
                        ModelFailure.class,
                        () -> open("brightness.onnx", manifest).close()))
                .hasMessageContaining("the run failed");
        assertThat(HostFiles.get().folder()).isDirectoryNotContaining("glob:**.onnx");
    }

    @Test
    void aSaliencyMapComesWithItsShape() throws Exception {
        try (ModelSession session = open("mapped.onnx", saliency("mapped.onnx", "cam"))) {
            ModelRun run = session.run(new float[256], new long[] {1, 1, 16, 16});

            assertThat(run.outputs().get("cam")).hasSize(256).containsOnly(-5f);
            assertThat(run.shapes().get("cam")).containsExactly(1, 1, 16, 16);
            assertThat(run.shapes().get("logit")).containsExactly(1, 1);
        }
    }

    @Test
    void anOutputMayBeNamedTwice() throws Exception {
        try (ModelSession session = open("mapped.onnx", saliency("mapped.onnx", "logit"))) {
            assertThat(session.run(new float[256], new long[] {1, 1, 16, 16}).outputs())
                    .containsOnlyKeys("logit", "scope_distance");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            scope_distance | output "scope_distance" is of shape [1]; a saliency map is [1, channels, height, width]
            none           | the manifest names none
            """)
    void refusesMapsThatAreNone(String output, String words) {
        ModelFailure refused = catchThrowableOfType(
                ModelFailure.class,
                () -> open("mapped.onnx", saliency("mapped.onnx", output)).close());

        assertThat(refused).hasMessageContaining(words);
    }

    private static String saliency(String graph, String output) {
        return TestPackages.manifest(graph).replace("findings:", "  saliency: { name: " + output + " }\nfindings:");
    }

    @Test
    void refusesAFindingBeyondTheOutput() {
        String manifest = TestPackages.manifest("brightness.onnx").replace("index: 0", "index: 1");

        assertThat(catchThrowableOfType(
                        ModelFailure.class,
                        () -> open("brightness.onnx", manifest).close()))
                .hasMessageContaining("reads index 1 of output \"logit\", which has 1 values");
    }

    @ParameterizedTest
    @ValueSource(strings = {"float", "int32", "int64", "uint8"})
    void labelsAreReadOfAnyTypeThatHoldsThem(String type) throws Exception {
        try (ModelSession session = open("voxels.onnx", TestPackages.segmenter("bright_" + type, "labels"))) {
            float[] volume = new float[64];
            volume[3] = 1;
            volume[60] = 0.75f;

            for (int run = 0; run < 2; run++) {
                float[] labels = session.run(volume, new long[] {1, 1, 4, 4, 4})
                        .outputs()
                        .get("bright_" + type);

                float[] expected = new float[64];
                expected[3] = 1;
                expected[60] = run == 0 ? 1 : 0;
                assertThat(labels).containsExactly(expected);
                volume[60] = 0;
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    bright_int8  | labels | label: 1 | nor of whole numbers
                    scores       | labels | label: 1 | has 128 labels, the input 64 voxels
                    bright_uint8 | scores | label: 1 | which are not 2 to 256 times
                    scores       | scores | label: 2 | reads label 2 of output "scores", which has 2 channels
                    """)
    void refusesASegmentationThatIsNotAsDeclared(String output, String form, String label, String words) {
        String manifest = TestPackages.segmenter(output, form).replace("label: 1", label);

        assertThat(catchThrowableOfType(
                        ModelFailure.class, () -> open("voxels.onnx", manifest).close()))
                .hasMessageContaining(words);
    }

    @Test
    void anyDamageIsRefusedOrHarmlessToTheInspection() {
        byte[] whole = TestPackages.read(TestPackages.graph("brightness.onnx"));
        int withinTheGraph = whole.length / 2;
        for (int length = 0; length < withinTheGraph; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(catchThrowableOfType(ModelFailure.class, () -> GraphInspection.check(cut)))
                    .as("cut at %d", length)
                    .isNotNull();
        }
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            try {
                GraphInspection.check(damaged);
            } catch (ModelFailure e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    private ModelSession open(String graph, String manifest) throws BadPackage, ModelFailure {
        return ModelSession.open(PackageReader.read(TestPackages.write(folder, graph, manifest, null)));
    }
}
