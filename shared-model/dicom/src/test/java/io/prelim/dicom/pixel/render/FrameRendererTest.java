package io.prelim.dicom.pixel.render;

import static io.prelim.dicom.pixel.render.Pictures.frame;
import static io.prelim.dicom.pixel.render.Pictures.levels;
import static io.prelim.dicom.pixel.render.Pictures.render;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.Images;
import io.prelim.dicom.pixel.Photometric;
import io.prelim.dicom.pixel.render.VoiTransform.Function;
import io.prelim.dicom.pixel.render.VoiTransform.Window;
import org.junit.jupiter.api.Test;

/** PS3.4 section N.2, PS3.3 sections C.11.1, C.11.2 and C.7.6.3: each value worked out by hand. */
class FrameRendererTest {
    private static DataSet windowed(int columns, double center, double width, String function) {
        return Images.grey(1, columns, 16)
                .putDecimal(Tag.WINDOW_CENTER, center)
                .putDecimal(Tag.WINDOW_WIDTH, width)
                .putString(Tag.VOI_LUT_FUNCTION, function);
    }

    @Test
    void linear() throws MalformedInput {
        // ((x - 99.5) / 100 + 0.5) × 255: 1.275, 128.775, 253.725 between the ends
        assertThat(render(windowed(5, 100, 101, "LINEAR"), 49, 50, 100, 149, 150))
                .containsExactly(0, 1, 129, 254, 255);
    }

    @Test
    void linearExact() throws MalformedInput {
        // ((x - 100) / 100 + 0.5) × 255: 63.75, 127.5
        assertThat(render(windowed(4, 100, 100, "LINEAR_EXACT"), 50, 75, 100, 150))
                .containsExactly(0, 64, 128, 255);
    }

    @Test
    void sigmoid() throws MalformedInput {
        // 255 / (1 + exp(-4 (x - 100) / 40)): 68.58, 127.5, 186.42
        assertThat(render(windowed(3, 100, 40, "SIGMOID"), 90, 100, 110)).containsExactly(69, 128, 186);
    }

    @Test
    void windowsAreOfModalityValues() throws MalformedInput {
        DataSet image = windowed(3, 100, 101, "LINEAR")
                .putDecimal(Tag.RESCALE_SLOPE, 2)
                .putDecimal(Tag.RESCALE_INTERCEPT, -100);

        assertThat(render(image, 75, 100, 125)).containsExactly(1, 129, 255);
    }

    @Test
    void modalityTables() throws MalformedInput {
        DataSet image = windowed(3, 100, 101, "LINEAR")
                .putSequence(
                        Tag.MODALITY_LUT_SEQUENCE,
                        new DataSet()
                                .putInteger(Tag.LUT_DESCRIPTOR, VR.US, 2, 7, 16)
                                .putBytes(
                                        Tag.LUT_DATA,
                                        VR.OW,
                                        Bytes.of().hex("3200 6400").array()));

        assertThat(render(image, 0, 7, 8)).containsExactly(1, 1, 129);
    }

    @Test
    void theFirstWindowIsTaken() throws MalformedInput {
        DataSet image =
                Images.grey(1, 1, 16).putDecimal(Tag.WINDOW_CENTER, 100, 5000).putDecimal(Tag.WINDOW_WIDTH, 101, 1);

        assertThat(render(image, 100)).containsExactly(129);
    }

    @Test
    void anotherWindowInItsPlace() throws MalformedInput {
        Rendering rendering = Rendering.DEFAULT.withWindow(new Window(100, 100, Function.LINEAR_EXACT));

        assertThat(render(windowed(1, 5000, 1, "SIGMOID"), rendering, 75)).containsExactly(64);
    }

    @Test
    void voiTables() throws MalformedInput {
        assertThat(render(Images.grey(1, 4, 16).putSequence(Tag.VOI_LUT_SEQUENCE, table(3)), 9, 11, 12, 100))
                .containsExactly(0, 128, 255, 255);
    }

    @Test
    void aTableThatLiesIsRefusedWhereItIsUsed() throws MalformedInput {
        DataSet image = Images.grey(1, 1, 16).putSequence(Tag.VOI_LUT_SEQUENCE, table(300));

        assertThatThrownBy(() -> render(image, 7)).isInstanceOf(MalformedInput.class);
        image.putDecimal(Tag.WINDOW_CENTER, 100).putDecimal(Tag.WINDOW_WIDTH, 101);
        assertThat(render(image, 100)).containsExactly(129);
    }

    private static DataSet table(int entries) {
        return new DataSet()
                .putInteger(Tag.LUT_DESCRIPTOR, VR.US, entries, 10, 8)
                .putBytes(Tag.LUT_DATA, VR.OW, Bytes.of().hex("0080FF").array());
    }

    @Test
    void leastValuesAreWhiteInMonochrome1() throws MalformedInput {
        DataSet image = windowed(3, 100, 100, "LINEAR_EXACT").putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME1");

        // 255 × (1 - 0.25) = 191.25
        assertThat(render(image, 50, 75, 150)).containsExactly(255, 191, 0);
    }

    @Test
    void presentationShapeSaysWhatIsWhite() throws MalformedInput {
        DataSet image = windowed(2, 100, 100, "LINEAR_EXACT").putString(Tag.PRESENTATION_LUT_SHAPE, "INVERSE");

        assertThat(render(image, 50, 150)).containsExactly(255, 0);
        image.putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME1");
        assertThat(render(image, 50, 150)).containsExactly(255, 0);
        image.putString(Tag.PRESENTATION_LUT_SHAPE, "IDENTITY");
        assertThat(render(image, 50, 150)).containsExactly(0, 255);
    }

    @Test
    void withoutAWindowTheRangeOfTheValues() throws MalformedInput {
        assertThat(render(Images.grey(1, 3, 16), 1000, 1025, 1100)).containsExactly(0, 64, 255);
        assertThat(render(Images.grey(1, 2, 16), 1000, 1000)).containsExactly(0, 0);
    }

    @Test
    void paddingIsOutOfTheRange() throws MalformedInput {
        DataSet image = Images.grey(1, 4, 16)
                .putInteger(Tag.PIXEL_REPRESENTATION, 1)
                .putInteger(Tag.PIXEL_PADDING_VALUE, VR.SS, -2000);

        assertThat(render(image, -2000, -1000, 0, 1000)).containsExactly(0, 0, 128, 255);
        assertThat(render(image, -2000, -2000, -2000, -2000)).containsExactly(0, 0, 0, 0);
        image.putInteger(Tag.PIXEL_PADDING_RANGE_LIMIT, VR.SS, -1500);
        assertThat(render(image, -1700, -1000, 0, 1000)).containsExactly(0, 0, 128, 255);
        // unsigned where it should not be
        image.putInteger(Tag.PIXEL_PADDING_VALUE, VR.US, 0x10000 - 2000);
        assertThat(render(image, -1700, -1000, 0, 1000)).containsExactly(0, 0, 128, 255);
    }

    @Test
    void backgroundOfASegmentationIsShown() throws MalformedInput {
        DataSet image = Images.grey(1, 2, 8)
                .putInteger(Tag.PIXEL_PADDING_VALUE, VR.US, 0)
                .putString(Tag.SEGMENTATION_TYPE, "LABELMAP");

        assertThat(render(image, 0, 1)).containsExactly(0, 255);
    }

    @Test
    void singleBitsAreBlackAndWhite() throws MalformedInput {
        DataSet image = Images.grey(1, 8, 1);
        Frame ones = new Frame(Images.describe(image), new byte[] {(byte) 0xFF});

        assertThat(levels(new FrameRenderer(image).render(ones, 0, Rendering.DEFAULT)))
                .containsOnly(255);
    }

    @Test
    void enhancedImagesSayItByFrame() throws MalformedInput {
        DataSet image = Images.grey(1, 1, 16)
                .putInteger(Tag.NUMBER_OF_FRAMES, 3)
                .putSequence(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, groups(100, 1))
                .putSequence(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, groups(200, 2), new DataSet());
        FrameRenderer renderer = new FrameRenderer(image);
        Frame hundred = frame(image, 100);

        assertThat(levels(renderer.render(hundred, 0, Rendering.DEFAULT))).containsExactly(129);
        assertThat(levels(renderer.render(hundred, 1, Rendering.DEFAULT))).containsExactly(129);
        assertThat(levels(renderer.render(frame(image, 50), 1, Rendering.DEFAULT)))
                .containsExactly(1);
        assertThat(levels(renderer.render(hundred, 2, Rendering.DEFAULT))).containsExactly(129);
    }

    private static DataSet groups(double center, double slope) {
        return new DataSet()
                .putSequence(
                        Tag.FRAME_VOI_LUT_SEQUENCE,
                        new DataSet().putDecimal(Tag.WINDOW_CENTER, center).putDecimal(Tag.WINDOW_WIDTH, 101))
                .putSequence(
                        Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE,
                        new DataSet().putDecimal(Tag.RESCALE_SLOPE, slope).putDecimal(Tag.RESCALE_INTERCEPT, 0));
    }

    @Test
    void palettes() throws MalformedInput {
        DataSet image = Images.grey(1, 2, 8).putString(Tag.PHOTOMETRIC_INTERPRETATION, "PALETTE COLOR");
        String[] data = {"0010 00FF", "0020 00FE", "0030 00FD"};
        for (int i = 0; i < 3; i++) {
            image.putInteger(Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR + i, VR.US, 2, 0, 16)
                    .putBytes(
                            Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA + i,
                            VR.OW,
                            Bytes.of().hex(data[i]).array());
        }

        assertThat(render(image, 1, 0)).containsExactly(0xFF, 0xFE, 0xFD, 0x10, 0x20, 0x30);
        assertThatThrownBy(() -> render(image, 1, 2)).isInstanceOf(MalformedInput.class);
    }

    @Test
    void coloursAreShownAsTheyAre() throws MalformedInput {
        DataSet rgb = Images.colour(1, 2, Photometric.RGB, true);
        DataSet ybr = Images.colour(1, 1, Photometric.YBR_FULL, false);
        Rendering dark = Rendering.DEFAULT.withWindow(new Window(5000, 1, Function.LINEAR));

        assertThat(render(rgb, dark, 1, 4, 2, 5, 3, 6)).containsExactly(1, 2, 3, 4, 5, 6);
        // 76 + 1.402 × 127 = 254.05; the other two end below 0
        assertThat(render(ybr, 76, 85, 255)).containsExactly(254, 0, 0);
    }

    @Test
    void whatHasNoPictureIsRefused() {
        DataSet ict = Images.colour(1, 1, Photometric.YBR_ICT, false);
        DataSet grey = Images.grey(1, 1, 8);

        assertThatThrownBy(() -> render(ict, 0, 0, 0))
                .isInstanceOfSatisfying(
                        MalformedInput.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(Kind.UNSUPPORTED));
        for (int number : new int[] {-1, 1, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> new FrameRenderer(grey).render(frame(grey, 0), number, Rendering.DEFAULT))
                    .as("frame %d", number)
                    .isInstanceOf(MalformedInput.class);
        }
    }

    @Test
    void rescalingWithoutANumberIsRefused() {
        DataSet image = Images.grey(1, 1, 8).putString(Tag.RESCALE_SLOPE, "steep");

        assertThatThrownBy(() -> render(image, 0)).isInstanceOf(MalformedInput.class);
    }

    @Test
    void valuesPastAllNumbersAreStillLevels() throws MalformedInput {
        DataSet image = Images.grey(1, 2, 16).putDecimal(Tag.RESCALE_SLOPE, 1e305);

        assertThat(render(image, 0, 0xFFFF)).hasSize(2);
    }
}
