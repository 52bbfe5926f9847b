package io.prelim.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** PS3.3 section C.7.6.3: what a data set says of its image, and refuses to. */
class ImageDescriptionTest {
    @Test
    void aWholeDescription() throws MalformedInput {
        DataSet dataSet = Images.grey(3, 5, 16)
                .putInteger(Tag.BITS_STORED, 12)
                .putInteger(Tag.HIGH_BIT, 13)
                .putInteger(Tag.PIXEL_REPRESENTATION, 1)
                .putInteger(Tag.NUMBER_OF_FRAMES, 7);

        ImageDescription image = ImageDescription.of(dataSet, PixelLimits.DEFAULT);

        assertThat(image).isEqualTo(new ImageDescription(3, 5, 1, 16, 12, 13, true, Photometric.MONOCHROME2, false, 7));
        assertThat(image.frameBytes()).isEqualTo(30);
        assertThat(image.least()).isEqualTo(-2048);
        assertThat(image.greatest()).isEqualTo(2047);
    }

    @Test
    void whatIsAbsentIsAsBeforeItWasAskedFor() throws MalformedInput {
        DataSet dataSet =
                new DataSet().putInteger(Tag.ROWS, 2).putInteger(Tag.COLUMNS, 3).putInteger(Tag.BITS_ALLOCATED, 12);

        ImageDescription image = ImageDescription.of(dataSet, PixelLimits.DEFAULT);

        assertThat(image)
                .isEqualTo(new ImageDescription(2, 3, 1, 12, 12, 11, false, Photometric.MONOCHROME2, false, 1));
        assertThat(image.frameBytes()).isEqualTo(9);
    }

    @Test
    void halvedColourHasTwoSamplesAPixel() {
        ImageDescription image = Images.describe(Images.colour(2, 4, Photometric.YBR_FULL_422, false));

        assertThat(image.frameBytes()).isEqualTo(16);
        assertThat(image.as(Photometric.YBR_FULL, false).frameBytes()).isEqualTo(24);
    }

    @Test
    void liesAreRefused() {
        refused(Kind.STRUCTURE, dataSet -> dataSet.remove(Tag.ROWS));
        refused(Kind.STRUCTURE, dataSet -> dataSet.putInteger(Tag.COLUMNS, 0));
        refused(Kind.STRUCTURE, dataSet -> dataSet.putInteger(Tag.BITS_ALLOCATED, 0));
        refused(Kind.STRUCTURE, dataSet -> dataSet.putInteger(Tag.BITS_ALLOCATED, 13));
        refused(Kind.STRUCTURE, dataSet -> dataSet.putInteger(Tag.BITS_STORED, 17));
        refused(Kind.STRUCTURE, dataSet -> dataSet.putInteger(Tag.HIGH_BIT, 16));
        refused(
                Kind.STRUCTURE,
                dataSet -> dataSet.putInteger(Tag.BITS_STORED, 12).putInteger(Tag.HIGH_BIT, 10));
        refused(Kind.STRUCTURE, dataSet -> dataSet.putInteger(Tag.PIXEL_REPRESENTATION, 2));
        refused(Kind.STRUCTURE, dataSet -> dataSet.putInteger(Tag.SAMPLES_PER_PIXEL, 3));
        refused(Kind.STRUCTURE, dataSet -> dataSet.putString(Tag.NUMBER_OF_FRAMES, "-1"));
        refused(Kind.STRUCTURE, dataSet -> dataSet.putString(Tag.NUMBER_OF_FRAMES, "99999999999"));
        refused(Kind.UNSUPPORTED, dataSet -> dataSet.putString(Tag.PHOTOMETRIC_INTERPRETATION, "HSV"));
    }

    @Test
    void whatIsTooLargeIsRefusedWhateverItIsMultipliedWith() {
        refused(Kind.LIMIT, dataSet -> dataSet.putInteger(Tag.ROWS, 65535).putInteger(Tag.COLUMNS, 65535));
        refused(Kind.LIMIT, dataSet -> dataSet.putString(Tag.NUMBER_OF_FRAMES, "2147483647"));
        refused(
                Kind.LIMIT,
                dataSet -> dataSet.putInteger(Tag.ROWS, 16384)
                        .putInteger(Tag.COLUMNS, 8192)
                        .putInteger(Tag.BITS_ALLOCATED, 64));
    }

    private static void refused(Kind kind, UnaryOperator<DataSet> change) {
        DataSet dataSet = change.apply(Images.grey(2, 2, 16));

        assertThatThrownBy(() -> ImageDescription.of(dataSet, PixelLimits.DEFAULT))
                .isInstanceOfSatisfying(
                        MalformedInput.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
