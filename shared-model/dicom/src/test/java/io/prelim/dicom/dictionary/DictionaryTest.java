package io.prelim.dicom.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import java.lang.reflect.Field;
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
}
