package io.prelim.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.prelim.dicom.pixel.render.VoiTransform;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.model.Preparation.Colour;
import io.prelim.inference.model.Preparation.CropPad;
import io.prelim.inference.model.Preparation.FixedWindow;
import io.prelim.inference.model.Preparation.Interpolation;
import io.prelim.inference.model.Preparation.Layout;
import io.prelim.inference.model.Preparation.Mode;
import io.prelim.inference.model.Preparation.Normalisation;
import io.prelim.inference.model.Preparation.Orientation;
import io.prelim.inference.model.Preparation.Percentile;
import io.prelim.inference.model.Preparation.Resize;
import io.prelim.inference.model.Preparation.SingleFrame;
import io.prelim.inference.model.Preparation.Spacing;
import io.prelim.inference.model.Preparation.Take;
import io.prelim.inference.model.Preparation.Towards;
import io.prelim.inference.model.Preparation.Volumetric;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreparationReaderTest {
    private static final String FRAMES = """
            \n    - frames: { take: middle }
                - colour: { to: rgb }
                - window: { from: fixed, centre: 40, width: 400 }
                - invert: { when: monochrome1 }
                - resize: { mode: contain, interpolation: bicubic, width: 20, height: 18 }
                - intensity: { kind: percentile, low: 1, high: 99 }
                - cropPad: { width: 16, height: 15, value: -1 }
                - normalise: { scale: 2, mean: [0.5, 0.4, 0.3], std: [0.25] }""";

    private static final String VOLUME = """
            \n    - frames: { take: volume, leastSlices: 16, orientation: LPS }
                - resample: { interpolation: trilinear, depth: 2.5, height: 1, width: 0.9 }
                - cropPad: { depth: 8, height: 12, width: 10 }""";

    @TempDir
    Path folder;

    @Test
    void readsTheShortForm() throws BadPackage {
        Preparation read = read(TestPackages.manifest("brightness.onnx"));

        assertThat(read).isEqualTo(new SingleFrame(16, 16, new Percentile(0.5, 99.5)));
        assertThat(read.shape()).containsExactly(1, 1, 16, 16);
    }

    @Test
    void readsEachStepOfFrames() throws BadPackage {
        SingleFrame read = (SingleFrame) read(TestPackages.manifest("NHWC", "[1, 15, 16, 3]", FRAMES));

        assertThat(read.take()).isEqualTo(Take.MIDDLE);
        assertThat(read.colour()).isEqualTo(Colour.RGB);
        assertThat(read.window())
                .contains(new FixedWindow(new VoiTransform.Window(40, 400, VoiTransform.Function.LINEAR_EXACT)));
        assertThat(read.invert()).isTrue();
        assertThat(read.resize()).contains(new Resize(Mode.CONTAIN, Interpolation.BICUBIC, 20, 18));
        assertThat(read.intensity()).contains(new Percentile(1, 99));
        assertThat(read.cropPad()).contains(new CropPad(16, 15, -1));
        assertThat(read.normalisation()).contains(new Normalisation(2, List.of(0.5, 0.4, 0.3), List.of(0.25)));
        assertThat(read.layout()).isEqualTo(Layout.NHWC);
        assertThat(read.shape()).containsExactly(1, 15, 16, 3);
    }

    @Test
    void stepsThatAreLeftOutDoNothing() throws BadPackage {
        SingleFrame read = (SingleFrame) read(TestPackages.manifest(
                "NCHW", "[1, 9, 8]", "\n    - resize: { mode: squash, interpolation: nearest, width: 8, height: 9 }"));

        assertThat(read.take()).isEqualTo(Take.ONLY);
        assertThat(read.colour()).isEqualTo(Colour.GREY);
        assertThat(read.invert()).isFalse();
        assertThat(read.window()).isEmpty();
        assertThat(read.intensity()).isEmpty();
        assertThat(read.normalisation()).isEmpty();
    }

    @Test
    void readsEachStepOfVolumes() throws BadPackage {
        Volumetric read = (Volumetric) read(TestPackages.manifest("NCDHW", "[1, 8, 12, 10]", VOLUME));

        assertThat(read.leastSlices()).isEqualTo(16);
        assertThat(read.orientation()).contains(new Orientation(Towards.L, Towards.P, Towards.S));
        assertThat(read.spacing()).contains(new Spacing(2.5, 1, 0.9));
        assertThat(read.shape()).containsExactly(1, 1, 8, 12, 10);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            take: middle            | take: volume             | input.preparation[0].frames.take
            frames: {               | framse: {                | input.preparation[0].framse
            take: middle }          | take: all, most: 3 }     | input.preparation[0].frames.most
            to: rgb                 | to: cmyk                 | input.preparation[1].colour.to
            from: fixed             | from: guess              | input.preparation[2].window.from
            width: 400 }            | width: 0 }               | input.preparation[2].window.width
            width: 400 }            | width: 1e300 }           | input.preparation[2].window.width
            centre: 40              | center: 40               | input.preparation[2].window.center
            width: 400 }            | width: 400, function: s } | input.preparation[2].window.function
            when: monochrome1       | when: always             | input.preparation[3].invert.when
            mode: contain           | mode: stretch            | input.preparation[4].resize.mode
            bicubic                 | lanczos                  | input.preparation[4].resize.interpolation
            height: 18              | height: 1000000          | input.preparation[4].resize.height
            kind: percentile        | kind: histogram          | input.preparation[5].intensity.kind
            low: 1                  | low: 99.5                | input.preparation[5].intensity.high
            value: -1               | value: 1e12              | input.preparation[6].cropPad.value
            scale: 2                | scale: 0                 | input.preparation[7].normalise.scale
            std: [0.25]             | std: [0.25, 0]           | input.preparation[7].normalise.std[1]
            mean: [0.5, 0.4, 0.3]   | mean: [0.5, 0.4]         | input.preparation[7].normalise.mean
            normalise: {            | window: {                | input.preparation[7].window
            colour: { to: rgb }     | resample: {}             | input.preparation[1].resample
            invert: {               | x-note: {                | input.preparation[3]
            shape: [1, 15, 16, 3]   | shape: [1, 15, 16]       | input.shape
            layout: NHWC            | layout: NHCW             | input.layout
            """)
    void namesWhereAStepIsWrong(String right, String wrong, String key) {
        assertRefused(TestPackages.manifest("NHWC", "[1, 15, 16, 3]", FRAMES), right, wrong, key);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            take: volume            | take: first              | input.preparation[0].frames.take
            leastSlices: 16         | leastSlices: 1           | input.preparation[0].frames.leastSlices
            LPS                     | LLS                      | input.preparation[0].frames.orientation
            trilinear               | nearest                  | input.preparation[1].resample.interpolation
            depth: 2.5              | depth: 0.001             | input.preparation[1].resample.depth
            depth: 8                | depth: 5000              | input.preparation[2].cropPad.depth
            resample: {             | resize: {                | input.preparation[1].resize
            - cropPad: { depth: 8, height: 12, width: 10 } | - normalise: { scale: 2 } | input.preparation
            shape: [1, 8, 12, 10]   | shape: [8, 12, 10]       | input.shape
            """)
    void namesWhereAStepOfVolumesIsWrong(String right, String wrong, String key) {
        assertRefused(TestPackages.manifest("NCDHW", "[1, 8, 12, 10]", VOLUME), right, wrong, key);
    }

    @ParameterizedTest
    @CsvSource({"object", "percentile"})
    void slicesHaveOneWindowThatIsKnownBefore(String from) {
        assertRefused(
                TestPackages.manifest("NCDHW", "[1, 8, 12, 10]", VOLUME),
                "- resample",
                "- window: { from: " + from + " }\n    - resample",
                "input.preparation[1].window.from");
    }

    @Test
    void withoutASizeThereIsNoTensor() {
        String contain = "\n    - resize: { mode: contain, interpolation: bilinear, width: 8, height: 8 }";
        assertRefused(TestPackages.manifest("NCHW", "[1, 8, 8]", contain), "", "", "input.preparation");
    }

    @Test
    void aTensorHasABound() {
        String large = "\n    - frames: { take: volume, leastSlices: 3 }"
                + "\n    - cropPad: { depth: 1024, height: 1024, width: 1024 }";
        assertRefused(TestPackages.manifest("NCDHW", "[1, 1024, 1024, 1024]", large), "", "", "input.shape");
    }

    private void assertRefused(String manifest, String right, String wrong, String key) {
        assertThat(manifest).contains(right);
        BadPackage refused = catchThrowableOfType(BadPackage.class, () -> read(manifest.replace(right, wrong)));
        assertThat(refused).isNotNull();
        assertThat(refused.key()).isEqualTo(key);
        assertThat(refused.file()).isEqualTo("manifest.yaml");
    }

    private Preparation read(String manifest) throws BadPackage {
        return PackageReader.read(TestPackages.write(folder, "brightness.onnx", manifest, null))
                .manifest()
                .input()
                .preparation();
    }
}
