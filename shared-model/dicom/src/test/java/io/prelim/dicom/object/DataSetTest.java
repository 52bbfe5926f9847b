package io.prelim.dicom.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Getters answer what is there and throw nothing for what is not. */
class DataSetTest {
    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void absentAndEmptyValues() {
        DataSet dataSet =
                new DataSet().putBytes(Tag.MODALITY, VR.CS, new byte[0]).putString(Tag.IMAGE_TYPE, "", "B");

        assertThat(dataSet.string(Tag.MODALITY)).isNull();
        assertThat(dataSet.string(Tag.ROWS)).isNull();
        assertThat(dataSet.string(Tag.IMAGE_TYPE)).isNull();
        assertThat(dataSet.strings(Tag.IMAGE_TYPE)).containsExactly("", "B");
        assertThat(dataSet.integer(Tag.ROWS, 9)).isEqualTo(9);
        assertThat(dataSet.decimals(Tag.PIXEL_SPACING)).isEmpty();
        assertThat(dataSet.items(Tag.VOI_LUT_SEQUENCE)).isEmpty();
        assertThat(dataSet.bytes(Tag.PIXEL_DATA)).isNull();
    }

    @Test
    void textIsTrimmedOfItsPadding() {
        DataSet dataSet = new DataSet()
                .putBytes(Tag.SOP_INSTANCE_UID, VR.UI, ascii("1.2\0"))
                .putBytes(Tag.WINDOW_CENTER, VR.DS, ascii(" 40 \\ 400 "));

        assertThat(dataSet.string(Tag.SOP_INSTANCE_UID)).isEqualTo("1.2");
        assertThat(dataSet.decimals(Tag.WINDOW_CENTER)).containsExactly(40.0, 400.0);
    }

    @Test
    void numbersThatAreNone() {
        DataSet dataSet = new DataSet()
                .putBytes(Tag.WINDOW_CENTER, VR.DS, ascii("abc "))
                .putBytes(Tag.INSTANCE_NUMBER, VR.IS, ascii("1e999999999 "))
                .putBytes(Tag.SERIES_NUMBER, VR.IS, ascii("3.0 "))
                .putBytes(Tag.ROWS, VR.US, new byte[] {});

        assertThat(dataSet.decimals(Tag.WINDOW_CENTER)).isEmpty();
        assertThat(dataSet.integer(Tag.INSTANCE_NUMBER, -1)).isEqualTo(-1);
        assertThat(dataSet.integer(Tag.SERIES_NUMBER, -1)).isEqualTo(3);
        assertThat(dataSet.integer(Tag.ROWS, -1)).isEqualTo(-1);
    }

    @Test
    void tagsAreInUnsignedOrderHoweverTheyArePut() {
        DataSet dataSet = new DataSet()
                .putBytes(Tag.DATA_SET_TRAILING_PADDING, VR.OB, new byte[2])
                .putString(Tag.MODALITY, "CT")
                .putBytes(Tag.PIXEL_DATA, VR.OW, new byte[2])
                .putString(Tag.MODALITY, "MR");

        assertThat(dataSet.elements().stream().map(Element::tag))
                .containsExactly(Tag.MODALITY, Tag.PIXEL_DATA, Tag.DATA_SET_TRAILING_PADDING);
        assertThat(dataSet.string(Tag.MODALITY)).isEqualTo("MR");
        assertThat(dataSet.remove(Tag.PIXEL_DATA).contains(Tag.PIXEL_DATA)).isFalse();
        assertThat(dataSet.size()).isEqualTo(2);
    }

    @Test
    void itemsTakeTheCharacterSetOfWhatHoldsThem() {
        DataSet item = new DataSet();
        new DataSet().putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192").putSequence(Tag.VOI_LUT_SEQUENCE, item);

        item.putString(Tag.CODE_MEANING, "é");

        assertThat(item.bytes(Tag.CODE_MEANING)).containsExactly(0xC3, 0xA9);
        assertThat(item.string(Tag.CODE_MEANING)).isEqualTo("é");
    }

    @Test
    void textOfItemsInItemsIsEncodedAnew() {
        DataSet inner = new DataSet().putString(Tag.CODE_MEANING, "é");
        DataSet own = new DataSet()
                .putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 101")
                .putString(Tag.CODE_MEANING, "é");
        DataSet item = new DataSet().putSequence(Tag.PROCEDURE_CODE_SEQUENCE, inner, own);

        new DataSet().putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192").putSequence(Tag.VOI_LUT_SEQUENCE, item);

        assertThat(inner.bytes(Tag.CODE_MEANING)).startsWith(0xC3, 0xA9);
        assertThat(inner.string(Tag.CODE_MEANING)).isEqualTo("é");
        assertThat(own.bytes(Tag.CODE_MEANING)).containsExactly(0xE9, ' ');
        assertThat(own.string(Tag.CODE_MEANING)).isEqualTo("é");
    }

    @Test
    void aCharacterSetThatIsReplacedCountsAtOnce() {
        DataSet item = new DataSet();
        DataSet dataSet = new DataSet()
                .putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 100")
                .putSequence(Tag.VOI_LUT_SEQUENCE, item);
        item.putBytes(Tag.CODE_MEANING, VR.LO, new byte[] {(byte) 0xC3, (byte) 0xA9});
        assertThat(item.string(Tag.CODE_MEANING)).isEqualTo("Ã©");

        dataSet.putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192");

        assertThat(item.string(Tag.CODE_MEANING)).isEqualTo("é");
    }

    @Test
    void showsNoValue() {
        DataSet dataSet = new DataSet().putString(Tag.PATIENT_NAME, "Doe^Jane").putFragments(Tag.PIXEL_DATA, List.of());

        assertThat(dataSet.toString()).contains("(0010,0010) PN #8").doesNotContain("Doe");
    }
}
