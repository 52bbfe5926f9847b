package io.prelim.dicom.pixel.jpegls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What breaks the standard or a limit, or is not supported, is refused, with what, where and how much. */
class MalformedCodeStreamTest {
    private static final String SOI = "FFD8";
    /** 8 bits, 4 lines of 4, component 1. */
    private static final String FRAME = "FFF7 000B 08 0004 0004 01 01 11 00";
    /** 8 bits, 4 lines of 4, components 1 to 3. */
    private static final String THREE = "FFF7 0011 08 0004 0004 03 01 11 00 02 11 00 03 11 00";
    /** Component 1, NEAR 0, not interleaved. */
    private static final String SCAN = "FFDA 0008 01 01 00 00 00 00";
    /** T.87 H.3. */
    private static final String DATA = "C000 006C 8020 8E01 C000 0057 4000 006E E600 0001 BC18 0000 05D8 0000 9160";

    private static MalformedInput refused(byte[] stream, JpegLsLimits limits) {
        Throwable thrown = catchThrowable(() -> JpegLsDecoder.decode(stream, limits));
        assertThat(thrown).isInstanceOf(MalformedInput.class);
        return (MalformedInput) thrown;
    }

    private static String refusal(String hex) {
        return refused(Bytes.of().hex(hex).array(), JpegLsLimits.DEFAULT).getMessage();
    }

    @ParameterizedTest
    @CsvSource({
        "'', truncated: code stream ends where a marker is due at byte 0",
        "FF, truncated: code stream ends where a marker is due at byte 1",
        "00, structure: no marker where one is due at byte 0",
        "FFD9, structure: no JPEG code stream at byte 0",
        "FFD8 00, structure: no marker where one is due at byte 2",
        "FFD8 FFD9, truncated: image ends before its last component at byte 2",
        "FFD8 FFE0 00, truncated: code stream ends in a marker segment at byte 4",
        "FFD8 FFE0 0001, structure: marker segment shorter than its length (1) at byte 4",
        "FFD8 FFE0 0009 00, truncated: marker segment longer than the code stream at byte 4",
        "FFD8 FFC3 0002, 'unsupported: JPEG, but not JPEG-LS (65475) at byte 2'",
        "FFD8 FFF0 0002, structure: marker that JPEG-LS has not (65520) at byte 2",
        "FFD8 FFDD 0003 00, structure: restart interval is not of 2 to 4 bytes (1) at byte 2",
        "FFD8 FFF8 000D 01 0000 0000, truncated: marker segment longer than the code stream at byte 4",
        "FFD8 FFF8 0005 01 0000, structure: marker segment too short for its parameters (7) at byte 2",
        "FFD8 FFF8 0003 02, unsupported: mapping table (2) at byte 2",
        "FFD8 FFF8 0003 03, unsupported: mapping table (3) at byte 2",
        "FFD8 FFF8 0003 04, unsupported: image beyond 65535 lines or columns (4) at byte 2",
        "FFD8 FFF8 0003 05, unsupported: preset of an extension (5) at byte 2"
    })
    void segments(String stream, String message) {
        assertThat(refusal(stream)).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({
        "FFF7 0008 01 0004 0004 01, structure: sample precision is not 2 to 16 bits (1) at byte 2",
        "FFF7 0008 11 0004 0004 01, structure: sample precision is not 2 to 16 bits (17) at byte 2",
        "FFF7 0008 08 0004 0000 01, structure: frame without a width (0) at byte 2",
        "FFF7 0008 08 0004 0004 00, structure: frame without components (0) at byte 2",
        "FFF7 0008 08 0004 0004 05, unsupported: more than 4 components (5) at byte 2",
        "FFF7 0008 08 0004 0004 01, structure: marker segment too short for its parameters (10) at byte 2",
        "FFF7 000E 08 0004 0004 02 01 11 00 02 22 00, unsupported: subsampled components (34) at byte 2",
        "FFF7 000E 08 0004 0004 02 01 11 00 01 11 00, structure: two components of one identifier (1) at byte 2"
    })
    void frameHeader(String frame, String message) {
        assertThat(refusal(SOI + frame)).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({
        "FFDA 0008 00 01 00 00 00 00, structure: scan of none or too many components (0) at byte 21",
        "FFDA 0008 04 01 00 00 00 00, structure: scan of none or too many components (4) at byte 21",
        "FFDA 0008 01 04 00 00 00 00, structure: scan of a component the frame has not (4) at byte 21",
        "FFDA 0008 01 01 01 00 00 00, unsupported: mapping table (1) at byte 21",
        "FFDA 0008 01 01 00 00 03 00, structure: interleave mode is not 0 to 2 (3) at byte 21",
        "FFDA 000A 02 01 00 02 00 00 00 00, structure: several components that are not interleaved (2) at byte 21",
        "FFDA 0008 01 01 00 00 00 02, unsupported: point transform (2) at byte 21",
        "FFDA 0008 01 01 00 80 00 00, structure: NEAR out of range (128) at byte 21",
        "FFDA 000A 02 01 00 01 00 00 01 00, structure: component coded twice (0) at byte 21"
    })
    void scanHeader(String scan, String message) {
        assertThat(refusal(SOI + THREE + scan)).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({
        "0100 0000 0000 0000 0000, structure: MAXVAL beyond the precision (256) at byte 30",
        "0000 0100 0000 0000 0000, structure: T1 out of range (256) at byte 30",
        "0000 0005 0004 0000 0000, structure: T2 out of range (4) at byte 30",
        "0000 0000 0000 0006 0000, structure: T3 out of range (6) at byte 30",
        "0000 0000 0000 0000 0002, structure: RESET out of range (2) at byte 30",
        "0000 0000 0000 0000 0100, structure: RESET out of range (256) at byte 30"
    })
    void preset(String parameters, String message) {
        assertThat(refusal(SOI + "FFF8 000D 01" + parameters + FRAME + SCAN)).isEqualTo(message);
    }

    @Test
    void orderOfSegments() {
        assertThat(refusal(SOI + SCAN)).isEqualTo("structure: scan without a frame header at byte 2");
        assertThat(refusal(SOI + FRAME + FRAME)).isEqualTo("structure: second frame header at byte 15");
        assertThat(refusal(SOI + FRAME + "FFD9"))
                .isEqualTo("truncated: image ends before its last component at byte 15");
    }

    @Test
    void aScanThatIsMissing() {
        // the first of three components only
        assertThat(refusal(SOI + THREE + SCAN + DATA + "FFD9"))
                .isEqualTo("truncated: image ends before its last component at byte 61");
    }

    @Test
    void framesOfNoHeight() {
        String frame = "FFF7 000B 08 0000 0004 01 01 11 00";

        assertThat(refusal(SOI + frame + SCAN + DATA + "FFD9"))
                .isEqualTo("structure: frame without a height (0) at byte 55");
        assertThat(refusal(SOI + frame + SCAN + DATA + "FFDC 0004 0000"))
                .isEqualTo("structure: frame without a height (0) at byte 55");
        assertThat(refusal(SOI + frame + SCAN + DATA))
                .isEqualTo("truncated: code stream ends where a marker is due at byte 55");
    }

    @Test
    void cutAnywhereItIsTruncated() {
        byte[] stream = Bytes.of().hex(SOI + FRAME + SCAN + DATA).array();
        for (int length = 0; length < stream.length; length++) {
            assertThat(refused(Arrays.copyOf(stream, length), JpegLsLimits.DEFAULT)
                            .kind())
                    .as("cut at %d", length)
                    .isEqualTo(Kind.TRUNCATED);
        }
    }

    @Test
    void aMarkerInsideOfCodedData() {
        assertThat(refusal(SOI + FRAME + SCAN + "C000 006C FFD9 8020"))
                .isEqualTo("truncated: coded data ends before its last sample at byte 29");
    }

    @Test
    void codesThatDoNotEnd() {
        assertThat(refusal(SOI + FRAME + SCAN + "00".repeat(40)))
                .isEqualTo("structure: code longer than its limit (23) at byte 28");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FFD1", "FFD9", "FFFFD2"})
    void anotherMarkerWhereARestartIsDue(String marker) {
        MalformedInput refused = refused(
                Bytes.of()
                        .hex(SOI + "FFDD 0004 0001" + FRAME + SCAN)
                        .hex("F0") // a line of zeros: runs of 1, 1, 1 and 1
                        .hex(marker)
                        .hex("F0")
                        .array(),
                JpegLsLimits.DEFAULT);

        assertThat(refused.kind()).isEqualTo(Kind.STRUCTURE);
        assertThat(refused.what()).isEqualTo("no restart marker, or another, where one is due");
        assertThat(refused.offset()).isEqualTo(32);
    }

    @Test
    void aClaimAllocatesNoMoreThanIsDecoded() {
        // 3000 lines of 40000 samples: 120 million, within the limit
        Bytes stream = Bytes.of()
                .hex(SOI + "FFF7 000B 10 0BB8 9C40 01 01 11 00" + SCAN)
                .times(380, "55");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        refused(stream.array(), JpegLsLimits.DEFAULT);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

        MalformedInput refused = refused(stream.array(), JpegLsLimits.DEFAULT);

        assertThat(refused.kind()).isEqualTo(Kind.TRUNCATED);
        assertThat(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                .isLessThan(1 << 20);
    }

    @Test
    void moreLinesThanBits() {
        assertThat(refusal(SOI + "FFF7 000B 08 0BB8 0004 01 01 11 00" + SCAN + DATA))
                .isEqualTo("truncated: coded data shorter than its lines could be at byte 25");
    }

    @Test
    void moreSamplesThanAllowed() {
        byte[] stream = Bytes.of().hex(SOI + FRAME + SCAN + DATA).array();

        assertThat(refused(stream, JpegLsLimits.DEFAULT.withMaxSamples(15)))
                .hasMessage("limit: more samples than allowed (16) at byte 15");
    }

    @Test
    void timeIsLookedAtEveryLine() {
        byte[] stream = Bytes.of().hex(SOI + FRAME + SCAN + DATA).array();
        AtomicInteger asked = new AtomicInteger();
        JpegLsLimits limits = new JpegLsLimits(16, () -> asked.incrementAndGet() > 3);

        MalformedInput refused = refused(stream, limits);

        assertThat(refused.kind()).isEqualTo(Kind.LIMIT);
        assertThat(refused.what()).isEqualTo("no time left for more lines");
        assertThat(refused.amount()).isEqualTo(3);
        assertThat(refused(stream, JpegLsLimits.DEFAULT.within(Duration.ZERO)).kind())
                .isEqualTo(Kind.LIMIT);
    }

    @Test
    void anInterruptedThreadStops() {
        byte[] stream = Bytes.of().hex(SOI + FRAME + SCAN + DATA).array();
        Thread.currentThread().interrupt();
        try {
            assertThat(refused(stream, JpegLsLimits.DEFAULT).kind()).isEqualTo(Kind.LIMIT);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void limitsMakeSense() {
        assertThatThrownBy(() -> JpegLsLimits.DEFAULT.withMaxSamples(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new JpegLsLimits(1, null)).isInstanceOf(NullPointerException.class);
    }
}
