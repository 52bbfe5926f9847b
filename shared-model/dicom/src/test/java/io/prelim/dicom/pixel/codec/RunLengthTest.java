package io.prelim.dicom.pixel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.Images;
import io.prelim.dicom.pixel.Photometric;
import io.prelim.dicom.pixel.PixelLimits;
import org.junit.jupiter.api.Test;

/** PS3.5 annex G. */
class RunLengthTest {
    @Test
    void literalsRunsAndNothings() throws MalformedInput {
        byte[] stream = header("01000000 40000000") // one segment, at 64
                .hex("01 0A0B") // two literals
                .hex("80") // nothing
                .hex("FE 0C") // three times 0C
                .hex("00") // padding
                .array();

        assertThat(decode(stream, Images.describe(Images.grey(1, 5, 8))))
                .isEqualTo(Bytes.of().hex("0A 0B 0C 0C 0C").array());
    }

    @Test
    void theUpperByteComesFirst() throws MalformedInput {
        byte[] stream = header("02000000 40000000 43000000")
                .hex("01 0102") // upper bytes
                .hex("FF AA 00") // lower bytes: twice AA, and padding
                .array();

        assertThat(decode(stream, Images.describe(Images.grey(1, 2, 16))))
                .isEqualTo(Bytes.of().hex("AA01 AA02").array());
    }

    @Test
    void coloursAsTheDataSetHasThem() throws MalformedInput {
        byte[] stream = header("03000000 40000000 44000000 48000000")
                .hex("01 1112 00") // red
                .hex("01 2122 00")
                .hex("01 3132 00")
                .array();

        assertThat(decode(stream, Images.describe(Images.colour(1, 2, Photometric.RGB, false))))
                .isEqualTo(Bytes.of().hex("112131 122232").array());
        assertThat(decode(stream, Images.describe(Images.colour(1, 2, Photometric.RGB, true))))
                .isEqualTo(Bytes.of().hex("1112 2122 3132").array());
    }

    @Test
    void liesAreRefused() {
        refused(Kind.TRUNCATED, "01000000", new byte[0]);
        refused(
                Kind.STRUCTURE,
                header("02000000 40000000 41000000").hex("04 0102030405").array());
        refused(Kind.STRUCTURE, header("FFFFFFFF 40000000").hex("04 0102030405").array());
        refused(Kind.STRUCTURE, header("01000000 3F000000").hex("04 0102030405").array());
        refused(Kind.TRUNCATED, header("01000000 FF000000").hex("04 0102030405").array());
        refused(
                Kind.STRUCTURE,
                header("01000000 40000000").hex("05 010203040506").array());
        refused(Kind.TRUNCATED, header("01000000 40000000").hex("04 01020304").array());
        refused(Kind.TRUNCATED, header("01000000 40000000").hex("FF 01").array());
        refused(Kind.TRUNCATED, header("01000000 40000000").hex("FC").array());
    }

    private static void refused(Kind kind, String hex, byte[] more) {
        refused(kind, Bytes.of().hex(hex).bytes(more).array());
    }

    private static void refused(Kind kind, byte[] stream) {
        ImageDescription image = Images.describe(Images.grey(1, 5, 8));

        assertThatThrownBy(() -> decode(stream, image))
                .isInstanceOfSatisfying(
                        MalformedInput.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static byte[] decode(byte[] stream, ImageDescription image) throws MalformedInput {
        return new RunLength().decode(stream, image, PixelLimits.DEFAULT).bytes();
    }

    /** The 64 bytes of the header: how many segments, where they begin, zeros. */
    private static Bytes header(String hex) {
        int given = hex.replace(" ", "").length() / 2;
        return Bytes.of().hex(hex).times(64 - given, "00");
    }
}
