package io.prelim.dicom.charset;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.VR;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of PS3.5 annexes H, I, J and K, and what goes wrong with such text. */
class CodeExtensionsTest {
    private static final SpecificCharacterSet JAPANESE = SpecificCharacterSet.of(List.of("", "ISO 2022 IR 87"));
    private static final SpecificCharacterSet KATAKANA =
            SpecificCharacterSet.of(List.of("ISO 2022 IR 13", "ISO 2022 IR 87"));
    private static final SpecificCharacterSet KOREAN = SpecificCharacterSet.of(List.of("", "ISO 2022 IR 149"));
    private static final SpecificCharacterSet CHINESE = SpecificCharacterSet.of(List.of("", "ISO 2022 IR 58"));

    private static String name(SpecificCharacterSet charset, Bytes bytes) {
        List<String> values = charset.values(bytes.array(), 0, bytes.array().length, VR.PN);
        assertThat(values).hasSize(1);
        return values.get(0);
    }

    private static String text(SpecificCharacterSet charset, Bytes bytes) {
        return charset.decode(bytes.array(), 0, bytes.array().length);
    }

    @Test
    void annexH31KanjiAndHiraganaOverAscii() {
        Bytes bytes = Bytes.of()
                .text("Yamada^Tarou=")
                .hex("1b 24 42 3b 33 45 44 1b 28 42") // ESC $ B 山田 ESC ( B
                .text("^")
                .hex("1b 24 42 42 40 4f 3a 1b 28 42") // 太郎
                .text("=")
                .hex("1b 24 42 24 64 24 5e 24 40 1b 28 42") // やまだ: its second character ends in 5E, which parts nothing
                .text("^")
                .hex("1b 24 42 24 3f 24 6d 24 26 1b 28 42"); // たろう
        String text = "Yamada^Tarou=山田^太郎=やまだ^たろう";

        assertThat(JAPANESE.known()).isTrue();
        assertThat(name(JAPANESE, bytes)).isEqualTo(text);
        assertThat(JAPANESE.encode(text)).isEqualTo(bytes.array());
    }

    @Test
    void annexH32KatakanaFirst() {
        Bytes bytes = Bytes.of()
                .hex("d4 cf c0 de 5e c0 db b3 3d") // ﾔﾏﾀﾞ^ﾀﾛｳ=
                .hex("1b 24 42 3b 33 45 44 1b 28 4a 5e") // 山田, ESC ( J, ^
                .hex("1b 24 42 42 40 4f 3a 1b 28 4a"); // 太郎
        String text = "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎";

        assertThat(name(KATAKANA, bytes)).isEqualTo(text);
        assertThat(KATAKANA.encode(text)).isEqualTo(bytes.array());
    }

    @Test
    void annexI2Korean() {
        Bytes bytes = Bytes.of()
                .text("Hong^Gildong=")
                .hex("1b 24 29 43 fb f3 5e 1b 24 29 43 d1 ce d4 d7 3d") // ESC $ ) C 洪 ^ ESC $ ) C 吉洞 =
                .hex("1b 24 29 43 c8 ab 5e 1b 24 29 43 b1 e6 b5 bf"); // 홍^길동
        String text = "Hong^Gildong=洪^吉洞=홍^길동";

        assertThat(name(KOREAN, bytes)).isEqualTo(text);
        assertThat(KOREAN.encode(text)).isEqualTo(bytes.array());
    }

    @Test
    void annexK2Chinese() {
        Bytes bytes =
                Bytes.of().text("Zhang^XiaoDong=").hex("1b 24 29 41 d5 c5 5e 1b 24 29 41 d0 a1 b6 ab 3d"); // 张^小东=

        assertThat(name(CHINESE, bytes)).isEqualTo("Zhang^XiaoDong=张^小东=");
    }

    @Test
    void annexJGb18030AndGbk() {
        byte[] bytes =
                Bytes.of().text("Wang^XiaoDong=").hex("cd f5 5e d0 a1 b6 ab 3d").array();

        for (String term : List.of("GB18030", "GBK")) {
            assertThat(SpecificCharacterSet.of(List.of(term)).decode(bytes, 0, bytes.length))
                    .isEqualTo("Wang^XiaoDong=王^小东=");
        }
    }

    @Test
    void aBackslashInsideATwoByteCharacterPartsNothing() {
        byte[] gbk = Bytes.of().hex("81 5c 5c 41").array(); // 乗 is 81 5C
        assertThat(SpecificCharacterSet.of(List.of("GBK")).values(gbk, 0, 4, VR.LO))
                .containsExactly("乗", "A");

        Bytes kanji = Bytes.of().hex("1b 24 42 30 5c 1b 28 42 5c 41"); // 移 is 30 5C
        assertThat(JAPANESE.values(kanji.array(), 0, kanji.array().length, VR.LO))
                .containsExactly("移", "A");
    }

    @Test
    void whatEndsAValueANameComponentOrALineSwitchesBack() {
        Bytes korean = Bytes.of().hex("1b 24 29 43 fb f3");

        assertThat(KOREAN.values(
                        Bytes.of().bytes(korean.array()).hex("5c fb f3").array(), 0, 9, VR.LO))
                .containsExactly("洪", "\uFFFD\uFFFD");
        assertThat(name(KOREAN, Bytes.of().bytes(korean.array()).hex("5e fb f3")))
                .isEqualTo("洪^\uFFFD\uFFFD");
        assertThat(text(KOREAN, Bytes.of().bytes(korean.array()).hex("0d 0a fb f3")))
                .isEqualTo("洪\r\n\uFFFD\uFFFD");
        // none of them in text of one value, which is no name
        assertThat(text(KOREAN, Bytes.of().bytes(korean.array()).hex("5c 5e fb f3")))
                .isEqualTo("洪\\^洪");
    }

    @Test
    void singleByteSetsByTurns() {
        SpecificCharacterSet charset = SpecificCharacterSet.of(List.of("ISO 2022 IR 100", "ISO 2022 IR 144"));
        Bytes bytes = Bytes.of().hex("e4 1b 2d 4c bb 41 5e e4"); // ä, ESC - L, Л, A, ^ (back), ä

        assertThat(name(charset, bytes)).isEqualTo("äЛA^ä");
        assertThat(charset.encode("äЛA^ä")).isEqualTo(bytes.array());
    }

    @Test
    void theSupplementaryKanji() {
        SpecificCharacterSet charset = SpecificCharacterSet.of(List.of("", "ISO 2022 IR 87", "ISO 2022 IR 159"));
        Bytes bytes = Bytes.of().hex("1b 24 28 44 30 22 1b 24 42 3b 33 1b 28 42"); // 丄 of JIS X 0212, 山 of JIS X 0208

        assertThat(text(charset, bytes)).isEqualTo("丄山");
        assertThat(charset.encode("丄山")).isEqualTo(bytes.array());
    }

    @Test
    void whatCannotBeDecodedIsReplacedAndNothingElseIsLost() {
        assertThat(text(JAPANESE, Bytes.of().hex("41 1b 25 40 42")))
                .isEqualTo("A\uFFFD%@B"); // no escape of the standard
        assertThat(text(JAPANESE, Bytes.of().hex("1b 24 42 3b 33 45"))).isEqualTo("山\uFFFD"); // half a character
        assertThat(text(KOREAN, Bytes.of().hex("1b 24 29 43 fb 41")))
                .isEqualTo("\uFFFDA"); // a half, and the next one stands
        assertThat(text(CHINESE, Bytes.of().hex("41 1b"))).isEqualTo("A\uFFFD");
        assertThat(JAPANESE.encode("Ä")).containsExactly('?');
    }
}
