package io.prelim.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.model.ModelManifest.Form;
import io.prelim.inference.model.ModelManifest.Measure;
import io.prelim.inference.model.ModelManifest.SegmentRule;
import io.prelim.inference.model.ModelManifest.SegmentationOutput;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmenterManifestTest {
    private static final String MANIFEST = TestPackages.segmenter("bright_uint8", "labels");

    @TempDir
    Path folder;

    @Test
    void readsASegmenter() throws BadPackage {
        ModelManifest manifest = read(MANIFEST);

        SegmentationOutput output = manifest.outputs().segmentation().orElseThrow();
        assertThat(manifest.findings()).isEmpty();
        assertThat(manifest.outputs().answer()).isEqualTo("bright_uint8");
        assertThat(output.form()).isEqualTo(Form.LABELS);
        assertThat(output.findings()).extracting(SegmentRule::id).containsExactly("volume", "parts");
        assertThat(output.findings())
                .extracting(SegmentRule::measure)
                .containsExactly(new Measure.Volume(), new Measure.Count(0.5));
        assertThat(output.findings()).extracting(SegmentRule::atLeast).containsExactly(1.5, 2.0);
        assertThat(output.findings()).extracting(SegmentRule::urgent).containsExactly(true, false);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    segmentation: { name: bright_uint8, form: labels } | finding: { name: bright_uint8, activation: none } | findings[0].label
                    segmentation: { name: bright_uint8, form: labels } |                                       | outputs
                    segmentation: { name: bright_uint8, form: labels } | scope: { name: x }                    | outputs.finding
                    form: labels                            | form: contours                        | outputs.segmentation.form
                    form: labels }                          | form: labels, channels: 3 }           | outputs.segmentation.channels
                    output: bright_uint8                    | output: other                         | findings[0].output
                    label: 1                                | label: 0                              | findings[0].label
                    label: 1                                | label: 256                            | findings[0].label
                    measure: volume                         | measure: diameter                     | findings[0].measure
                    measure: count                          | measure: volume                       | findings[1].minimumVolume
                    minimumVolume: 0.5                      | minimumVolume: -1                     | findings[1].minimumVolume
                    present: { atLeast: 1.5 }               |                                       | findings[0].present
                    atLeast: 1.5                            | atLeast: many                         | findings[0].present.atLeast
                    atLeast: 1.5                            | atMost: 1.5                           | findings[0].present.atMost
                    id: parts                               | id: volume                            | findings[1].id
                    urgent: true                            | calibration: { method: none }         | findings[0].calibration
                    """)
    void namesFileAndKeyOfWhatIsWrong(String right, String wrong, String key) {
        String text = wrong == null ? "" : wrong;
        String manifest = MANIFEST.replaceFirst(Pattern.quote(right), text);
        assertThat(manifest).isNotEqualTo(MANIFEST);

        BadPackage refused = catchThrowableOfType(BadPackage.class, () -> read(manifest));

        assertThat(refused.file()).isEqualTo("manifest.yaml");
        assertThat(refused.key()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    segmentation: | finding: { name: a, activation: none } | outputs.segmentation
                    segmentation: | saliency: { name: a }                  | outputs.saliency
                    """)
    void scoresAndSaliencyAreNotBesideASegmentation(String before, String added, String key) {
        String manifest = MANIFEST.replace(before, added + "\n  " + before);

        assertThat(catchThrowableOfType(BadPackage.class, () -> read(manifest)).key())
                .isEqualTo(key);
    }

    @Test
    void framesAreNotSegmented() {
        String steps = "\n    - cropPad: { width: 16, height: 16 }";
        String manifest = TestPackages.manifest("NCHW", "[1, 16, 16]", steps)
                .replace(
                        "finding: { name: logit, activation: sigmoid }", "segmentation: { name: logit, form: labels }");

        BadPackage refused = catchThrowableOfType(BadPackage.class, () -> read(manifest));

        assertThat(refused.key()).isEqualTo("outputs.segmentation");
        assertThat(refused).hasMessageContaining("NCDHW");
    }

    private ModelManifest read(String manifest) throws BadPackage {
        return PackageReader.read(TestPackages.write(folder, "voxels.onnx", manifest, null))
                .manifest();
    }
}
