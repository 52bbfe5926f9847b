package io.prelim.dicom.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DictionaryTest {
    @Test
    void everyNamedTagIsInTheDictionaryUnderItsKeyword() throws IllegalAccessException {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        for (Field field : Tag.class.getFields()) {
            int tag = field.getInt(null);
            if (Tag.group(tag) != 0xFFFE) {
                DictionaryEntry entry = Dictionary.standard().lookup(tag);
                expected.put(field.getName(), field.getName().replace("_", ""));
                actual.put(
                        field.getName(), entry == null ? null : entry.keyword().toUpperCase(Locale.ROOT));
            }
        }

        assertThat(actual).isEqualTo(expected).hasSizeGreaterThan(100);
    }

    @Test
    void unknownTags() {
        assertThat(Dictionary.standard().vr(Tag.of(0x0009, 0x0010))).isEqualTo(VR.LO);
        assertThat(Dictionary.standard().vr(Tag.of(0x0009, 0x1010))).isEqualTo(VR.UN);
        assertThat(Dictionary.standard().vr(Tag.of(0x0008, 0x0000))).isEqualTo(VR.UL);
        assertThat(Dictionary.standard().lookup(Tag.PIXEL_PADDING_VALUE).depends())
                .isTrue();
    }

    @Test
    void theWholeOfTheStandard() {
        assertThat(Dictionary.standard().entries()).hasSizeGreaterThan(4800);
        assertThat(Dictionary.standard().lookup(Tag.IMAGE_TYPE))
                .isEqualTo(new DictionaryEntry(Tag.IMAGE_TYPE, "ImageType", List.of(VR.CS), "2-n", false));
        assertThat(Dictionary.standard().lookup(0x00041500).keyword()).isEqualTo("ReferencedFileID");
        assertThat(Dictionary.standard().lookup(0x00280040).retired()).isTrue();
        assertThat(Dictionary.standard().lookup(Tag.ITEM)).isNull();
    }

    @Test
    void repeatingGroupsAreEven() {
        assertThat(Dictionary.standard().lookup(0x601E3000))
                .isEqualTo(new DictionaryEntry(0x601E3000, "OverlayData", List.of(VR.OW, VR.OB), "1", false));
        assertThat(Dictionary.standard().vr(0x50020030)).isEqualTo(VR.SH);
        assertThat(Dictionary.standard().vr(0x00203101)).isEqualTo(VR.CS);
        assertThat(Dictionary.standard().vr(0x002804F2)).isEqualTo(VR.LO);
        assertThat(Dictionary.standard().lookup(0x60013000)).isNull();
        assertThat(Dictionary.standard().lookup(0x60003001)).isNull();
    }

    @Test
    void aTagOfItsOwnComesBeforeAPattern() {
        assertThat(Dictionary.standard().lookup(Tag.PIXEL_DATA).keyword()).isEqualTo("PixelData");
        assertThat(Dictionary.standard().lookup(0x7F200010).keyword()).isEqualTo("VariablePixelData");
    }

    @Test
    void loadingIsCheap() {
        long before = System.nanoTime();
        DictionaryTable table = DictionaryTable.load("standard.txt");
        long millis = (System.nanoTime() - before) / 1_000_000;

        assertThat(table.exact()).isGreaterThan(4800);
        // some 10 ms where nothing is compiled yet; the bound leaves room for a busy machine
        assertThat(millis).isLessThan(500);
    }
}
