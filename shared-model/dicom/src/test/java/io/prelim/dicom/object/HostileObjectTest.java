package io.prelim.dicom.object;

import static io.prelim.dicom.syntax.TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
import static io.prelim.dicom.syntax.TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.Leniency;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Objects made to harm (M07 to M11, M17), read within time and memory that go with the bytes received. */
class HostileObjectTest {
    private static final ReadLimits LIMITS = ReadLimits.DEFAULT;
    /** What is allocated once, whatever is read. */
    private static final long FIXED = 256 << 10;

    private static DataSet read(byte[] bytes, TransferSyntax syntax) throws IOException {
        return DataSetReader.read(new ByteArrayInputStream(bytes), syntax, LIMITS);
    }

    private static MalformedInput refused(byte[] bytes, TransferSyntax syntax) {
        return catchThrowableOfType(MalformedInput.class, () -> read(bytes, syntax));
    }

    private interface Reading {
        void run() throws IOException;
    }

    private static long allocated(Reading reading) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        reading.run();
        long before = threads.getCurrentThreadAllocatedBytes();
        reading.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static byte[] items(Bytes head, int count) {
        byte[] start = head.array();
        ByteBuffer bytes = ByteBuffer.allocate(start.length + 8 * count).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(start);
        while (bytes.hasRemaining()) {
            bytes.putShort((short) 0xFFFE).putShort((short) 0xE000).putInt(0);
        }
        return bytes.array();
    }

    /** M10: a million empty fragments, and no delimiter, make progress and end in a limit. */
    @Test
    void aMillionEmptyFragments() {
        byte[] bytes = items(Bytes.of().hex("e07f 1000").text("OB").hex("0000 ffffffff"), 1_000_001);

        MalformedInput refused = refused(bytes, TransferSyntax.of(Uid.JPEG_BASELINE));

        assertThat(refused.kind()).isEqualTo(Kind.LIMIT);
        assertThat(refused.what()).isEqualTo("more elements than allowed");
        assertThat(refused.amount()).isEqualTo(1_000_001);
    }

    /** M10, lesson 9: offset tables are data: what they point at, or past, is nobody's concern here. */
    @Test
    void offsetTablesThatLoopOrLie() throws IOException {
        byte[] bytes = Bytes.of()
                .hex("e07f 0100") // (7FE0,0001) Extended Offset Table: both frames at once, and past the end
                .text("OV")
                .hex("0000 10000000 0000000000000000 ffffffffffffff7f")
                .hex("e07f 1000")
                .text("OB")
                .hex("0000 ffffffff")
                .hex("feff 00e0 08000000 00000000 00000000") // a basic one besides, whose frames are one
                .hex("feff 00e0 02000000 ffd9")
                .hex("feff dde0 00000000")
                .array();

        DataSet dataSet = read(bytes, TransferSyntax.of(Uid.JPEG_2000));

        assertThat(dataSet.bytes(0x7FE00001)).hasSize(16);
        assertThat(dataSet.element(Tag.PIXEL_DATA)).isInstanceOfSatisfying(FragmentsElement.class, fragments -> {
            assertThat(fragments.fragments()).hasSize(2);
            assertThat(fragments.fragments().get(0)).hasSize(8);
        });
    }

    /** Lesson 9: a delimiter that is missing at the end of the input is survived, by name. */
    @Test
    void fragmentsWithoutDelimiterAtTheEnd() throws IOException {
        byte[] bytes = Bytes.of()
                .hex("e07f 1000")
                .text("OB")
                .hex("0000 ffffffff feff 00e0 00000000 feff 00e0 02000000 ffd9")
                .array();

        DicomFile whole =
                DicomFile.of(read(bytes, TransferSyntax.of(Uid.JPEG_BASELINE)), TransferSyntax.of(Uid.JPEG_BASELINE));
        MalformedInput refused = catchThrowableOfType(
                MalformedInput.class,
                () -> DataSetReader.read(
                        new ByteArrayInputStream(bytes), TransferSyntax.of(Uid.JPEG_BASELINE), LIMITS.strict()));

        assertThat(whole.dataSet().contains(Tag.PIXEL_DATA)).isTrue();
        assertThat(refused.kind()).isEqualTo(Kind.STRUCTURE);
        assertThat(refused.what()).isEqualTo("input ends without a delimiter");
    }

    /** Lesson 3: the sum of fragments is bounded as a value is, by the object's cap. */
    @Test
    void theSumOfFragmentsIsBounded() {
        Bytes bytes = Bytes.of().hex("e07f 1000").text("OB").hex("0000 ffffffff");
        for (int i = 0; i < 100; i++) {
            bytes.hex("feff 00e0 0a000000 00000000000000000000");
        }

        MalformedInput refused = catchThrowableOfType(
                MalformedInput.class,
                () -> DataSetReader.read(
                        new ByteArrayInputStream(bytes.array()),
                        TransferSyntax.of(Uid.JPEG_BASELINE),
                        LIMITS.withMaxObjectBytes(500)));

        assertThat(refused.kind()).isEqualTo(Kind.LIMIT);
        assertThat(refused.what()).isEqualTo("object longer than allowed");
        assertThat(refused.amount()).isEqualTo(500);
    }

    /** M11: what an image would need is nothing to its object: dimensions and tables are read as the numbers they are. */
    @Test
    void dimensionsBeyondAllMemory() throws IOException {
        Bytes bytes = Bytes.of()
                .hex("2800 0800 0a000000")
                .text("2147483647")
                .hex("2800 1000 02000000 ffff 2800 1100 02000000 ffff") // Rows, Columns
                .hex("2800 0111 06000000 0000 0000 1000") // a palette of 65536 entries, of which
                .hex("2800 0112 02000000 0000"); // one comes

        long allocated = allocated(() -> read(bytes.array(), IMPLICIT_VR_LITTLE_ENDIAN));
        DataSet dataSet = read(bytes.array(), IMPLICIT_VR_LITTLE_ENDIAN);

        assertThat(dataSet.integer(Tag.ROWS, 0)).isEqualTo(65535);
        assertThat(dataSet.integer(Tag.NUMBER_OF_FRAMES, 0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(allocated).isLessThan(FIXED);
    }

    /** M17, lesson 14: tags in falling order, among them those above 7FFF,FFFF, are sorted in one go. */
    @Test
    void halfAMillionTagsInFallingOrder() throws IOException {
        int count = 500_000;
        ByteBuffer bytes = ByteBuffer.allocate(8 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = count; i > 0; i--) {
            int tag = 0x7FFF_0001 + i;
            bytes.putShort((short) (tag >>> 16)).putShort((short) tag).putInt(0);
        }

        DataSet dataSet =
                Assertions.assertTimeout(Duration.ofSeconds(10), () -> read(bytes.array(), IMPLICIT_VR_LITTLE_ENDIAN));

        assertThat(dataSet.size()).isEqualTo(count);
        assertThat(dataSet.elements().get(0).tag()).isEqualTo(0x7FFF_0002);
        assertThat(dataSet.elements().get(count - 1).tag()).isEqualTo(0x7FFF_0001 + count);
    }

    /** M17: of equal tags the first stays, next to each other or not, and it is told. */
    @Test
    void theFirstOfEqualTagsStays() throws IOException {
        Bytes first = Bytes.of().hex("0800 6000 02000000").text("CT");
        Bytes other = Bytes.of().hex("0800 6000 02000000").text("MR");
        Bytes between = Bytes.of().hex("2800 1000 02000000 0001");
        byte[] adjacent = Bytes.of().bytes(first.array()).bytes(other.array()).array();
        byte[] apart = Bytes.of()
                .bytes(first.array())
                .bytes(between.array())
                .bytes(other.array())
                .array();

        for (byte[] bytes : new byte[][] {adjacent, apart}) {
            Header header =
                    DataSetReader.readHeader(new ByteArrayInputStream(bytes), IMPLICIT_VR_LITTLE_ENDIAN, LIMITS);

            assertThat(header.dataSet().string(Tag.MODALITY)).isEqualTo("CT");
            assertThat(header.deviations()).contains(Leniency.DUPLICATE_TAGS);
        }
    }

    /** M17, lesson 10: two creators of one block collide: the first holds it, and nothing is made of what is in it. */
    @Test
    void privateCreatorsCollide() throws IOException {
        byte[] bytes = Bytes.of()
                .hex("0900 1000 04000000")
                .text("ONE ")
                .hex("0900 1000 04000000")
                .text("TWO ")
                .hex("0900 0110 04000000 01020304")
                .array();

        DataSet dataSet = read(bytes, IMPLICIT_VR_LITTLE_ENDIAN);

        assertThat(dataSet.element(0x00090010).vr()).isEqualTo(VR.LO);
        assertThat(dataSet.string(0x00090010)).isEqualTo("ONE");
        assertThat(dataSet.element(0x00091001).vr()).isEqualTo(VR.UN);
        assertThat(dataSet.bytes(0x00091001)).containsExactly(1, 2, 3, 4);
    }

    /** Lesson 6: odd lengths pass by name and stay as they are; what is put is filled, UI with NUL, text with a space. */
    @Test
    void oddLengths() throws IOException {
        byte[] bytes = Bytes.of().hex("0800 6000 03000000").text("CTX").array();

        Header header = DataSetReader.readHeader(new ByteArrayInputStream(bytes), IMPLICIT_VR_LITTLE_ENDIAN, LIMITS);
        DataSet put = new DataSet()
                .putString(Tag.MODALITY, "CTX")
                .putString(Tag.SOP_INSTANCE_UID, "1.2")
                .putBytes(0x00091001, VR.UN, new byte[] {1});

        assertThat(header.deviations()).containsExactly(Leniency.ODD_LENGTH);
        assertThat(header.dataSet().bytes(Tag.MODALITY)).hasSize(3);
        assertThat(put.bytes(Tag.MODALITY)).endsWith(' ').hasSize(4);
        assertThat(put.bytes(Tag.SOP_INSTANCE_UID)).endsWith(0).hasSize(4);
        assertThat(put.bytes(0x00091001)).containsExactly(1, 0);
    }

    /** Lesson 14: a length above 2^31 is a length, not a negative number. */
    @Test
    void lengthsAreUnsigned() throws IOException {
        byte[] bytes =
                Bytes.of().hex("e07f 1000").text("OW").hex("0000 feffffff 0102").array();

        Header header = DataSetReader.readHeader(new ByteArrayInputStream(bytes), EXPLICIT_VR_LITTLE_ENDIAN, LIMITS);

        assertThat(header.pixelData()).isEqualTo(new PixelData(VR.OW, 0xFFFF_FFFEL, 12));
        assertThat(refused(bytes, EXPLICIT_VR_LITTLE_ENDIAN).kind()).isEqualTo(Kind.LIMIT);
    }

    /** A large value costs itself and the copies of its growth: what is allocated in all stays below four times it. */
    @Test
    void aLargeValueTakesLessThanFourTimesItsBytes() throws IOException {
        byte[] bytes = new byte[12 + (8 << 20)];
        byte[] head =
                Bytes.of().hex("e07f 1000").text("OW").hex("0000 00008000").array();
        System.arraycopy(head, 0, bytes, 0, head.length);

        long allocated = allocated(() -> read(bytes, EXPLICIT_VR_LITTLE_ENDIAN));
        long ofHalf = allocated(() -> refused(Arrays.copyOf(bytes, 4 << 20), EXPLICIT_VR_LITTLE_ENDIAN));

        assertThat(allocated).isLessThan(4L * bytes.length);
        assertThat(ofHalf).isLessThan(4L * (4 << 20) + FIXED);
    }
}
