package io.prelim.dicom.stream;

import static io.prelim.dicom.syntax.TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
import static io.prelim.dicom.syntax.TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.Leniency;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.object.DataSetReader;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** What breaks the standard or a limit is refused, with what, where and how much. */
class MalformedDataSetTest {
    private static MalformedInput refused(byte[] bytes, TransferSyntax syntax, ReadLimits limits) {
        Throwable thrown = catchThrowable(() -> DataSetReader.read(new ByteArrayInputStream(bytes), syntax, limits));
        assertThat(thrown).isInstanceOf(MalformedInput.class);
        return (MalformedInput) thrown;
    }

    private static MalformedInput refused(Bytes bytes) {
        return refused(bytes.array(), EXPLICIT_VR_LITTLE_ENDIAN, ReadLimits.DEFAULT);
    }

    @Test
    void aLengthLieAllocatesNoMoreThanWasReceived() {
        Bytes bytes =
                Bytes.of().hex("e07f 1000").text("OW").hex("0000 feffff3f").hex("0102"); // claims 1 GiB
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        refused(bytes);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

        MalformedInput refused = refused(bytes);

        assertThat(refused.kind()).isEqualTo(Kind.TRUNCATED);
        assertThat(refused.amount()).isEqualTo(0x3FFFFFFE);
        assertThat(refused.path()).isEqualTo("(7FE0,0010)");
        assertThat(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                .isLessThan(1 << 20);
    }

    @Test
    void aValueLongerThanAllowedIsALimit() {
        Bytes bytes = Bytes.of().hex("e07f 1000").text("OW").hex("0000 04000000 01020304");

        MalformedInput refused =
                refused(bytes.array(), EXPLICIT_VR_LITTLE_ENDIAN, ReadLimits.DEFAULT.withMaxElementBytes(3));

        assertThat(refused.kind()).isEqualTo(Kind.LIMIT);
        assertThat(refused.getMessage()).isEqualTo("limit: value longer than allowed (4) at byte 12 in (7FE0,0010)");
    }

    @Test
    void aNestingBombStopsAtTheDepth() {
        Bytes bytes = Bytes.of();
        for (int i = 0; i < 100_000; i++) {
            bytes.hex("0800 3210").text("SQ").hex("0000 ffffffff feff 00e0 ffffffff");
        }

        MalformedInput refused = refused(bytes);

        assertThat(refused.kind()).isEqualTo(Kind.LIMIT);
        assertThat(refused.amount()).isEqualTo(65);
        assertThat(refused.offset()).isEqualTo(64 * 20 + 12);
    }

    @Test
    void manyEmptyItemsStopAtTheCount() {
        Bytes bytes =
                Bytes.of().hex("0800 3210").text("SQ").hex("0000 ffffffff").times(1001, "feff00e000000000");

        MalformedInput refused =
                refused(bytes.array(), EXPLICIT_VR_LITTLE_ENDIAN, ReadLimits.DEFAULT.withMaxElements(1000));

        assertThat(refused.kind()).isEqualTo(Kind.LIMIT);
        assertThat(refused.path()).startsWith("(0008,1032)[");
    }

    @Test
    void manyEmptyFragmentsStopAtTheCount() {
        Bytes bytes =
                Bytes.of().hex("e07f 1000").text("OB").hex("0000 ffffffff").times(1001, "feff00e000000000");

        assertThat(refused(bytes.array(), EXPLICIT_VR_LITTLE_ENDIAN, ReadLimits.DEFAULT.withMaxElements(1000))
                        .kind())
                .isEqualTo(Kind.LIMIT);
    }

    @Test
    void anObjectLongerThanAllowedIsALimit() {
        Bytes bytes = Bytes.of().hex("e07f 1000").text("OW").hex("0000 04000000 01020304");

        assertThat(refused(bytes.array(), EXPLICIT_VR_LITTLE_ENDIAN, ReadLimits.DEFAULT.withMaxObjectBytes(15))
                        .kind())
                .isEqualTo(Kind.LIMIT);
    }

    @Test
    void undefinedLengthIsForSequencesAndPixelDataOnly() {
        assertThat(refused(Bytes.of().hex("0800 7000").text("UT").hex("0000 ffffffff"))
                        .getMessage())
                .contains("undefined length where none is allowed")
                .contains("(0008,0070)");
        assertThat(refused(Bytes.of().hex("1000 1000 ffffffff").array(), IMPLICIT_VR_LITTLE_ENDIAN, ReadLimits.DEFAULT)
                        .kind())
                .isEqualTo(Kind.STRUCTURE);
    }

    @Test
    void whatStandsInASequenceIsAnItem() {
        assertThat(refused(Bytes.of().hex("0800 3210").text("SQ").hex("0000 08000000 0800 0001 00000000"))
                        .what())
                .isEqualTo("not an item of a sequence");
        assertThat(refused(Bytes.of().hex("e07f 1000").text("OB").hex("0000 ffffffff 0800 0001 00000000"))
                        .what())
                .isEqualTo("not a fragment of pixel data");
        assertThat(refused(Bytes.of().hex("e07f 1000").text("OB").hex("0000 ffffffff feff 00e0 ffffffff"))
                        .what())
                .isEqualTo("fragment of undefined length");
    }

    @Test
    void nothingIsLongerThanWhatHoldsIt() {
        assertThat(refused(Bytes.of().hex("0800 3210").text("SQ").hex("0000 10000000 feff 00e0 0a000000 0000"))
                        .what())
                .isEqualTo("item longer than its sequence");
        assertThat(refused(Bytes.of()
                                .hex("0800 3210")
                                .text("SQ")
                                .hex("0000 12000000 feff 00e0 0a000000")
                                .hex("0800 0001")
                                .text("SH")
                                .hex("0400")
                                .text("ABCD"))
                        .what())
                .isEqualTo("value longer than what holds it");
        assertThat(refused(Bytes.of()
                                .hex("0800 3210")
                                .text("SQ")
                                .hex("0000 0c000000 feff 00e0 04000000")
                                .hex("0800 0001")
                                .text("SH")
                                .hex("0000")
                                .hex("00000000"))
                        .kind())
                .isEqualTo(Kind.STRUCTURE);
    }

    @Test
    void everyCutIsTruncatedOrATypedRefusalOrAWholeNumberOfElements() throws Exception {
        byte[] whole = Bytes.of()
                .hex("0800 6000")
                .text("CS")
                .hex("0200")
                .text("CT")
                .hex("0800 3210")
                .text("SQ")
                .hex("0000 12000000 feff 00e0 0a000000")
                .hex("0800 0001")
                .text("SH")
                .hex("0200")
                .text("A ")
                .hex("2800 1000")
                .text("US")
                .hex("0200 0001")
                .array();
        ReadLimits strict = ReadLimits.DEFAULT.strict();
        for (int cut = 1; cut < whole.length; cut++) {
            byte[] part = Arrays.copyOf(whole, cut);
            if (cut == 10 || cut == 40) {
                assertThat(DataSetReader.read(new ByteArrayInputStream(part), EXPLICIT_VR_LITTLE_ENDIAN, strict)
                                .size())
                        .isPositive();
            } else {
                assertThat(refused(part, EXPLICIT_VR_LITTLE_ENDIAN, strict).kind())
                        .as("cut at %s", cut)
                        .isEqualTo(Kind.TRUNCATED);
            }
        }
    }

    @Test
    void leniencyIsByName() {
        ReadLimits strict = ReadLimits.DEFAULT.strict();
        Bytes unsorted = Bytes.of()
                .hex("2800 1000")
                .text("US")
                .hex("0200 0001")
                .hex("0800 6000")
                .text("CS")
                .hex("0200")
                .text("CT");
        Bytes odd = Bytes.of().hex("0800 6000").text("CS").hex("0100").text("C");
        Bytes twice = Bytes.of()
                .hex("0800 6000")
                .text("CS")
                .hex("0200")
                .text("CT")
                .hex("0800 6000")
                .text("CS")
                .hex("0200")
                .text("MR");
        Bytes open = Bytes.of().hex("0800 3210").text("SQ").hex("0000 ffffffff");
        Bytes stray = Bytes.of().hex("feff dde0 00000000");
        Bytes reserved = Bytes.of().hex("0900 0110").text("UN").hex("0100 00000000");

        for (Bytes bytes : new Bytes[] {unsorted, odd, twice, open, stray, reserved}) {
            assertThat(refused(bytes.array(), EXPLICIT_VR_LITTLE_ENDIAN, strict).kind())
                    .isEqualTo(Kind.STRUCTURE);
        }
        assertThat(ReadLimits.DEFAULT.tolerated()).contains(Leniency.values());
    }

    @Test
    void aDeflateBombStopsAtTheRatio() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(9, true))) {
            out.write(
                    Bytes.of().hex("e07f 1000").text("OW").hex("0000 00000020").array());
            out.write(new byte[64 << 20]);
        }

        MalformedInput refused =
                refused(packed.toByteArray(), TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN, ReadLimits.DEFAULT);

        assertThat(refused.kind()).isEqualTo(Kind.LIMIT);
        assertThat(refused.what()).contains("out of proportion");
    }

    @Test
    void aFailingStreamIsNoMalformedInput() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new SocketException("reset");
            }
        };

        assertThatThrownBy(() -> DataSetReader.read(failing, EXPLICIT_VR_LITTLE_ENDIAN, ReadLimits.DEFAULT))
                .isInstanceOf(SocketException.class);
    }
}
