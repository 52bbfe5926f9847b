package io.prelim.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import org.junit.jupiter.api.Test;

/** PS3.3 sections C.11.1.1 and C.11.2.1.1. */
class LookupTableTest {
    private static DataSet item(int entries, int first, int bits, String data) {
        return new DataSet()
                .putInteger(Tag.LUT_DESCRIPTOR, VR.US, entries, first, bits)
                .putBytes(Tag.LUT_DATA, VR.OW, Bytes.of().hex(data).array());
    }

    @Test
    void valuesBesideTheTableTakeItsEnds() throws MalformedInput {
        LookupTable table = LookupTable.of(item(3, 0xFFFE, 16, "0100 0200 FFFF"), true);

        assertThat(table.apply(-100)).isEqualTo(1);
        assertThat(table.apply(-2)).isEqualTo(1);
        assertThat(table.apply(-1)).isEqualTo(2);
        assertThat(table.apply(0)).isEqualTo(0xFFFF);
        assertThat(table.apply(1L << 40)).isEqualTo(0xFFFF);
        assertThat(table.apply(Long.MAX_VALUE)).isEqualTo(0xFFFF);
        assertThat(table.apply(Long.MIN_VALUE)).isEqualTo(1);
    }

    @Test
    void entriesOfEightBitsMayLieTwoInAWord() throws MalformedInput {
        LookupTable table = LookupTable.of(item(4, 0, 8, "01 02 03 FF"), false);

        assertThat(table.apply(1)).isEqualTo(2);
        assertThat(table.apply(3)).isEqualTo(0xFF);
    }

    @Test
    void zeroEntriesAreAllThereCanBe() throws MalformedInput {
        DataSet item = item(0, 0, 16, "").putBytes(Tag.LUT_DATA, VR.OW, new byte[2 * 65536]);

        assertThat(LookupTable.of(item, false).size()).isEqualTo(65536);
    }

    @Test
    void aTableShorterThanItSaysIsRefused() {
        assertThatThrownBy(() -> LookupTable.of(item(0, 0, 16, "0100"), false)).isInstanceOf(MalformedInput.class);
        assertThatThrownBy(() -> LookupTable.of(item(2, 0, 12, "0100"), false)).isInstanceOf(MalformedInput.class);
        assertThatThrownBy(() -> LookupTable.of(item(1, 0, 32, "0100"), false)).isInstanceOf(MalformedInput.class);
        assertThatThrownBy(() -> LookupTable.of(new DataSet(), false)).isInstanceOf(MalformedInput.class);
    }

    @Test
    void modalityByTableElseByLine() throws MalformedInput {
        DataSet line = new DataSet().putDecimal(Tag.RESCALE_SLOPE, 2).putDecimal(Tag.RESCALE_INTERCEPT, -1024);
        DataSet table = new DataSet().putSequence(Tag.MODALITY_LUT_SEQUENCE, item(2, 5, 16, "0A00 1400"));

        assertThat(ModalityTransform.of(line, true).apply(-3)).isEqualTo(-1030);
        assertThat(ModalityTransform.of(table, false).apply(6)).isEqualTo(20);
        assertThat(ModalityTransform.of(new DataSet(), false)).isSameAs(ModalityTransform.IDENTITY);
    }
}
