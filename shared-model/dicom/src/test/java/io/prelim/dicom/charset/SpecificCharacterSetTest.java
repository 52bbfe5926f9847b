package io.prelim.dicom.charset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecificCharacterSetTest {
    private static String decode(SpecificCharacterSet charset, int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return charset.decode(array, 0, array.length);
    }

    /** One character of the upper half of each set (ISO 8859 parts, JIS X 0201, TIS 620). */
    @ParameterizedTest
    @CsvSource({
        "ISO_IR 100,E4,ä",
        "ISO_IR 101,B1,ą",
        "ISO_IR 109,A1,Ħ",
        "ISO_IR 110,A2,ĸ",
        "ISO_IR 144,BB,Л",
        "ISO_IR 127,C7,ا",
        "ISO_IR 126,E1,α",
        "ISO_IR 138,E0,א",
        "ISO_IR 148,FD,ı",
        "ISO_IR 13,D4,ﾔ",
        "ISO_IR 166,A1,ก",
        "ISO_IR 203,A4,€",
        "ISO 2022 IR 203,A4,€",
        "ISO 2022 IR 100,E4,ä"
    })
    void singleByteSets(String term, String hex, String text) {
        SpecificCharacterSet charset = SpecificCharacterSet.of(List.of(term));

        assertThat(charset.known()).isTrue();
        assertThat(decode(charset, Integer.parseInt(hex, 16))).isEqualTo(text);
    }

    @Test
    void utf8() {
        SpecificCharacterSet charset = SpecificCharacterSet.of(List.of("ISO_IR 192"));

        assertThat(decode(charset, 0xE7, 0x8E, 0x8B)).isEqualTo("王");
        assertThat(decode(charset, 'a', 0xFF, 'b')).isEqualTo("a\uFFFDb");
    }

    @Test
    void anUnknownSetLosesNoByte() {
        SpecificCharacterSet charset = SpecificCharacterSet.of(List.of("ISO_IR 999"));

        assertThat(charset.known()).isFalse();
        assertThat(charset.encode(decode(charset, 0xE7, 0x8E))).containsExactly(0xE7, 0x8E);
    }

    @Test
    void spellings() {
        assertThat(SpecificCharacterSet.of(List.of()).known()).isTrue();
        assertThat(SpecificCharacterSet.of(List.of("iso-ir 144")))
                .isEqualTo(SpecificCharacterSet.of(List.of("ISO_IR 144")));
        assertThat(SpecificCharacterSet.of(List.of("ISO_IR 192", "ISO 2022 IR 87"))
                        .known())
                .isFalse();
        assertThat(SpecificCharacterSet.of(List.of("", "ISO 2022 IR 999")).known())
                .isFalse();
    }
}
