package io.prelim.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.Images;
import org.junit.jupiter.api.Test;

/** PS3.3 sections C.7.6.3.1.5 and C.7.9.2. */
class PaletteTest {
    private static final DataSet PALETTE = palette(2)
            .putBytes(Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA, VR.OW, words("0010 00FF"))
            .putBytes(Tag.GREEN_PALETTE_COLOR_LOOKUP_TABLE_DATA, VR.OW, words("0020 00FE"))
            .putBytes(Tag.BLUE_PALETTE_COLOR_LOOKUP_TABLE_DATA, VR.OW, words("0030 00FD"));

    @Test
    void eachIndexHasItsColour() throws MalformedInput {
        assertThat(Palette.of(PALETTE, false).rgb(indexes("01 00")))
                .isEqualTo(Bytes.of().hex("FFFEFD 102030").array());
    }

    @Test
    void anIndexOutOfRangeIsRefused() throws MalformedInput {
        Palette palette = Palette.of(PALETTE, false);

        assertThatThrownBy(() -> palette.rgb(indexes("01 02")))
                .isInstanceOf(MalformedInput.class)
                .hasMessageContaining("palette index");
    }

    @Test
    void segmentsAreLiteralLinesAndToldAgain() throws MalformedInput {
        // two literals, a line of two to 0400, and the first segment again
        byte[] segments = words("0000 0200 0001 0002  0100 0200 0004  0200 0100 0000 0000");
        DataSet dataSet = palette(6)
                .putBytes(Tag.SEGMENTED_RED_PALETTE_COLOR_LOOKUP_TABLE_DATA, VR.OW, segments)
                .putBytes(Tag.SEGMENTED_GREEN_PALETTE_COLOR_LOOKUP_TABLE_DATA, VR.OW, segments)
                .putBytes(Tag.SEGMENTED_BLUE_PALETTE_COLOR_LOOKUP_TABLE_DATA, VR.OW, segments);

        byte[] rgb = Palette.of(dataSet, false).rgb(indexes("00 01 02 03 04 05"));

        assertThat(rgb)
                .isEqualTo(Bytes.of()
                        .hex("010101 020202 030303 040404 010101 020202")
                        .array());
    }

    @Test
    void segmentsThatLieAreRefused() {
        // more than said; fewer; a line from nowhere; itself again
        for (String segments : new String[] {
            "0000 0300 0001 0002 0003", "0000 0100 0001", "0100 0200 0004", "0200 0100 0000 0000", "0000 0200 0001"
        }) {
            DataSet dataSet =
                    palette(2).putBytes(Tag.SEGMENTED_RED_PALETTE_COLOR_LOOKUP_TABLE_DATA, VR.OW, words(segments));

            assertThatThrownBy(() -> Palette.of(dataSet, false)).as(segments).isInstanceOf(MalformedInput.class);
        }
    }

    private static DataSet palette(int entries) {
        return new DataSet()
                .putInteger(Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR, VR.US, entries, 0, 16)
                .putInteger(Tag.GREEN_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR, VR.US, entries, 0, 16)
                .putInteger(Tag.BLUE_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR, VR.US, entries, 0, 16);
    }

    private static byte[] words(String hex) {
        return Bytes.of().hex(hex).array();
    }

    private static Frame indexes(String hex) {
        byte[] bytes = words(hex);
        DataSet dataSet = Images.grey(1, bytes.length, 8).putString(Tag.PHOTOMETRIC_INTERPRETATION, "PALETTE COLOR");
        return new Frame(Images.describe(dataSet), bytes);
    }
}
