package io.prelim.dicom.pixel.jpegls;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.MalformedInput;
import org.junit.jupiter.api.Test;

class JpegLsDecoderTest {
    /** T.87 H.3: an image of 4 x 4 samples of 8 bits, in both modes, with two runs that are interrupted. */
    private static final Bytes DETAILED_EXAMPLE = Bytes.of()
            .hex("FFD8") // SOI
            .hex("FFF7 000B 08 0004 0004 01 01 11 00") // SOF55: 8 bits, 4 lines of 4, component 1
            .hex("FFDA 0008 01 01 00 00 00 00") // SOS: component 1, NEAR 0, not interleaved
            .hex("C000 006C 8020 8E01 C000 0057 4000 006E E600 0001 BC18 0000 05D8 0000 9160")
            .hex("FFD9"); // EOI

    @Test
    void theDetailedExampleOfTheStandard() throws MalformedInput {
        JpegLsImage image = JpegLsDecoder.decode(DETAILED_EXAMPLE.array(), JpegLsLimits.DEFAULT);

        assertThat(image).hasToString("4 x 4 x 1, 8 bits");
        assertThat(image.samples())
                .containsExactly(0, 0, 90, 74, 68, 50, 43, 205, 64, 145, 145, 145, 100, 145, 145, 145);
    }

    private static final String FRAME = "FFF7 000B 08 0004 0004 01 01 11 00";
    private static final String SCAN = "FFDA 0008 01 01 00 00 00 00";
    private static final String DATA = "C000 006C 8020 8E01 C000 0057 4000 006E E600 0001 BC18 0000 05D8 0000 9160";

    private static void isTheExample(Bytes stream) throws MalformedInput {
        assertThat(JpegLsDecoder.decode(stream.array(), JpegLsLimits.DEFAULT).samples())
                .isEqualTo(JpegLsDecoder.decode(DETAILED_EXAMPLE.array(), JpegLsLimits.DEFAULT)
                        .samples());
    }

    @Test
    void whatFollowsTheLastComponentIsNotLookedAt() throws MalformedInput {
        Bytes head = Bytes.of().hex("FFD8" + FRAME + SCAN + DATA);

        isTheExample(head); // no EOI
        isTheExample(Bytes.of().bytes(head.array()).hex("FFFFD9")); // EOI made longer, to an even length
        isTheExample(Bytes.of().bytes(head.array()).hex("FFD9 00")); // a byte of padding
        isTheExample(Bytes.of().bytes(head.array()).hex("00 1234")); // no marker at all
    }

    @Test
    void segmentsOfNoMeaningHereArePassed() throws MalformedInput {
        isTheExample(Bytes.of()
                .hex("FFD8")
                .hex("FFE8 0008 535049464600") // APP8: a SPIFF header
                .hex("FFFE 0002") // COM, empty
                .hex("FFFF" + FRAME) // bytes FF before a marker
                .hex("FFEF 0003 FF") // APP15
                .hex(SCAN + DATA));
    }

    @Test
    void presetsOfZeroAreTheDefaults() throws MalformedInput {
        isTheExample(
                Bytes.of().hex("FFD8 FFF8 000D 01 0000 0000 0000 0000 0000").hex(FRAME + SCAN + DATA));
        isTheExample(Bytes.of()
                .hex("FFD8")
                .hex(FRAME)
                .hex("FFF8 000D 01 00FF 0003 0007 0015 0040")
                .hex(SCAN + DATA));
    }

    @Test
    void oneComponentIsNotInterleavedWhateverTheScanSays() throws MalformedInput {
        isTheExample(Bytes.of().hex("FFD8" + FRAME + "FFDA 0008 01 01 00 00 01 00" + DATA));
        isTheExample(Bytes.of().hex("FFD8" + FRAME + "FFDA 0008 01 01 00 00 02 00" + DATA));
    }

    @Test
    void linesToldByDnl() throws MalformedInput {
        isTheExample(Bytes.of().hex("FFD8 FFF7 000B 08 0000 0004 01 01 11 00" + SCAN + DATA + "FFDC 0004 0004 FFD9"));
    }

    @Test
    void aBitIsStuffedAfterFF() throws MalformedInput {
        // 9 lines of a sample of 0, a bit each: eight 1s, the stuffed 0, the last 1
        Bytes stream = Bytes.of().hex("FFD8 FFF7 000B 08 0009 0001 01 01 11 00" + SCAN + "FF40");

        assertThat(JpegLsDecoder.decode(stream.array(), JpegLsLimits.DEFAULT).samples())
                .isEqualTo(new short[9]);
    }

    @Test
    void restartMarkersBeginAnew() throws MalformedInput {
        Bytes stream = Bytes.of()
                .hex("FFD8")
                .hex("FFDD 0005 000002") // DRI, three bytes: after every 2 lines
                .hex("FFF7 000B 08 0003 0001 01 01 11 00" + SCAN) // 3 lines of 1
                .hex("C0") // two runs of 0
                .hex("FFFFD0") // RST0
                .hex("80"); // a run of 0

        assertThat(JpegLsDecoder.decode(stream.array(), JpegLsLimits.DEFAULT).samples())
                .isEqualTo(new short[3]);
    }
}
