package io.prelim.dicom.stream;

import static io.prelim.dicom.syntax.TransferSyntax.EXPLICIT_VR_BIG_ENDIAN;
import static io.prelim.dicom.syntax.TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
import static io.prelim.dicom.syntax.TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.Leniency;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens of annotated bytes (PS3.5 section 7). */
class TokenReaderTest {
    private TokenReader reader;

    private List<String> tokens(Bytes bytes, TransferSyntax syntax) throws IOException {
        reader = TokenReader.of(new ByteArrayInputStream(bytes.array()), syntax, ReadLimits.DEFAULT);
        List<String> tokens = new ArrayList<>();
        for (Token token = reader.next(); token != Token.END; token = reader.next()) {
            String text = token.name();
            if (token == Token.VALUE) {
                text = Tag.toString(reader.tag()) + " " + reader.vr() + " " + reader.length();
            } else if (token == Token.FRAGMENT) {
                text += " " + reader.length();
            } else if (token == Token.SEQUENCE_START || token == Token.FRAGMENTS_START) {
                text += " " + reader.vr();
            }
            tokens.add(text);
        }
        return tokens;
    }

    @Test
    void explicitVrTellsShortAndLongLengths() throws IOException {
        Bytes bytes = Bytes.of()
                .hex("0800 1600") // (0008,0016) SOP Class UID
                .text("UI") // PS3.5 table 7.1-2: 16-bit length
                .hex("0400")
                .text("1.2")
                .hex("00")
                .hex("e07f 1000") // (7FE0,0010) Pixel Data
                .text("OW") // PS3.5 table 7.1-1: reserved, 32-bit length
                .hex("0000 02000000 1234");

        assertThat(tokens(bytes, EXPLICIT_VR_LITTLE_ENDIAN)).containsExactly("(0008,0016) UI 4", "(7FE0,0010) OW 2");
    }

    @Test
    void implicitVrTakesTheDictionarysWord() throws IOException {
        Bytes bytes = Bytes.of()
                .hex("2800 1000 02000000 0002") // (0028,0010) Rows, PS3.5 table 7.1-3
                .hex("0900 1000 02000000 4142") // (0009,0010) a private creator is LO
                .hex("0900 0110 02000000 0000"); // (0009,1001) private: unknown

        assertThat(tokens(bytes, IMPLICIT_VR_LITTLE_ENDIAN))
                .containsExactly("(0028,0010) US 2", "(0009,0010) LO 2", "(0009,1001) UN 2");
        assertThat(reader.deviations()).containsExactly(Leniency.UNSORTED_TAGS);
    }

    @Test
    void bigEndianValuesComeOutLittleEndian() throws IOException {
        Bytes bytes = Bytes.of().hex("0028 0010").text("US").hex("0002 0102");
        reader = TokenReader.of(new ByteArrayInputStream(bytes.array()), EXPLICIT_VR_BIG_ENDIAN, ReadLimits.DEFAULT);

        assertThat(reader.next()).isEqualTo(Token.VALUE);

        assertThat(reader.tag()).isEqualTo(Tag.ROWS);
        assertThat(reader.value()).containsExactly(2, 1);
    }

    @Test
    void sequencesOfBothKindsOfLength() throws IOException {
        Bytes defined = Bytes.of()
                .hex("0800 3210")
                .text("SQ")
                .hex("0000 12000000") // 18 bytes
                .hex("feff 00e0 0a000000") // item of 10 bytes
                .hex("0800 0001")
                .text("SH")
                .hex("0200")
                .text("A ");
        Bytes undefined = Bytes.of()
                .hex("0800 3210")
                .text("SQ")
                .hex("0000 ffffffff")
                .hex("feff 00e0 ffffffff")
                .hex("0800 0001")
                .text("SH")
                .hex("0200")
                .text("A ")
                .hex("feff 0de0 00000000") // PS3.5 table 7.5-2: item delimitation
                .hex("feff 00e0 00000000") // an empty item
                .hex("feff dde0 00000000"); // sequence delimitation

        assertThat(tokens(defined, EXPLICIT_VR_LITTLE_ENDIAN))
                .containsExactly("SEQUENCE_START SQ", "ITEM_START", "(0008,0100) SH 2", "ITEM_END", "SEQUENCE_END");
        assertThat(tokens(undefined, EXPLICIT_VR_LITTLE_ENDIAN))
                .containsExactly(
                        "SEQUENCE_START SQ",
                        "ITEM_START",
                        "(0008,0100) SH 2",
                        "ITEM_END",
                        "ITEM_START",
                        "ITEM_END",
                        "SEQUENCE_END");
    }

    @Test
    void unknownOfUndefinedLengthIsAnImplicitSequence() throws IOException {
        Bytes bytes = Bytes.of()
                .hex("0900 0110")
                .text("UN")
                .hex("0000 ffffffff") // PS3.5 section 6.2.2 note 2 (CP-246)
                .hex("feff 00e0 ffffffff")
                .hex("0800 0001 02000000")
                .text("A ") // implicit VR inside
                .hex("feff 0de0 00000000")
                .hex("feff dde0 00000000")
                .hex("2800 1000")
                .text("US")
                .hex("0200 0001"); // explicit VR again

        assertThat(tokens(bytes, EXPLICIT_VR_LITTLE_ENDIAN))
                .containsExactly(
                        "SEQUENCE_START UN",
                        "ITEM_START",
                        "(0008,0100) SH 2",
                        "ITEM_END",
                        "SEQUENCE_END",
                        "(0028,0010) US 2");
        assertThat(reader.deviations()).isEmpty();
    }

    @Test
    void unknownOfUndefinedLengthMayBeExplicitInsideAfterAll() throws IOException {
        Bytes bytes = Bytes.of()
                .hex("0900 0110")
                .text("UN")
                .hex("0000 ffffffff")
                .hex("feff 00e0 ffffffff")
                .hex("0800 0001")
                .text("SH")
                .hex("0200")
                .text("A ")
                .hex("feff 0de0 00000000")
                .hex("feff dde0 00000000");

        assertThat(tokens(bytes, EXPLICIT_VR_LITTLE_ENDIAN)).contains("(0008,0100) SH 2");
        assertThat(reader.deviations()).containsExactly(Leniency.OTHER_VR_ENCODING);
    }

    @Test
    void fragmentsPassThrough() throws IOException {
        Bytes bytes = Bytes.of()
                .hex("e07f 1000")
                .text("OB")
                .hex("0000 ffffffff") // PS3.5 annex A.4
                .hex("feff 00e0 00000000") // empty basic offset table
                .hex("feff 00e0 04000000 ffd8ffd9")
                .hex("feff dde0 00000000");

        assertThat(tokens(bytes, TransferSyntax.of("1.2.840.10008.1.2.4.50")))
                .containsExactly("FRAGMENTS_START OB", "FRAGMENT 0", "FRAGMENT 4", "FRAGMENTS_END");
    }

    @Test
    void implicitElementsInsideExplicitOnesAreReadAndNoted() throws IOException {
        Bytes bytes = Bytes.of()
                .hex("0800 6000")
                .text("CS")
                .hex("0200")
                .text("CT")
                .hex("1000 2000 02000000")
                .text("7 ") // no VR
                .hex("2800 1000")
                .text("US")
                .hex("0200 0001");

        assertThat(tokens(bytes, EXPLICIT_VR_LITTLE_ENDIAN))
                .containsExactly("(0008,0060) CS 2", "(0010,0020) LO 2", "(0028,0010) US 2");
        assertThat(reader.deviations()).containsExactly(Leniency.IMPLICIT_IN_EXPLICIT);
    }

    @Test
    void theOtherEncodingIsSeenByTheFirstElement() throws IOException {
        Bytes explicit = Bytes.of().hex("0800 6000").text("CS").hex("0200").text("CT");
        Bytes implicit = Bytes.of().hex("0800 6000 02000000").text("CT").hex("2800 1000 02000000 0001");

        assertThat(tokens(explicit, IMPLICIT_VR_LITTLE_ENDIAN)).containsExactly("(0008,0060) CS 2");
        assertThat(reader.deviations()).containsExactly(Leniency.OTHER_VR_ENCODING);
        assertThat(tokens(implicit, EXPLICIT_VR_LITTLE_ENDIAN)).containsExactly("(0008,0060) CS 2", "(0028,0010) US 2");
        assertThat(reader.deviations()).containsExactly(Leniency.OTHER_VR_ENCODING);
    }

    @Test
    void skippedValuesMoveOnAndOffsetsAreOfTheInput() throws IOException {
        Bytes bytes = Bytes.of()
                .hex("0800 6000")
                .text("CS")
                .hex("0200")
                .text("CT")
                .hex("e07f 1000")
                .text("OW")
                .hex("0000 04000000 01020304");
        reader = TokenReader.of(new ByteArrayInputStream(bytes.array()), EXPLICIT_VR_LITTLE_ENDIAN, ReadLimits.DEFAULT);

        reader.next();
        reader.next();

        assertThat(reader.tokenOffset()).isEqualTo(10);
        assertThat(reader.offset()).isEqualTo(22);
        assertThat(reader.vr()).isEqualTo(VR.OW);
        assertThat(reader.value()).containsExactly(1, 2, 3, 4);
        assertThat(reader.next()).isEqualTo(Token.END);
    }
}
