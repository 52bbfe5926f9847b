package io.prelim.dicom.pixel.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.PixelLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PS3.5 annex A.4: where frames lie among fragments. */
class EncapsulatedFramesTest {
    private static final String ITEM = "FEFF00E0";
    private static final String DELIMITER = "FEFFDDE0 00000000";
    private static final String NO_TABLE = ITEM + "00000000";
    private static final DataSet NOTHING = new DataSet();

    @Test
    void oneFrameHasAllFragments() throws IOException {
        EncapsulatedFrames frames = frames(1, NO_TABLE + item("0102") + item("") + item("0304") + DELIMITER);

        assertThat(frames.ranges(0)).containsExactly(new ByteRange(16, 2), new ByteRange(34, 2));
        assertThat(frames.read(0)).isEqualTo(Bytes.of().hex("01020304").array());
    }

    @Test
    void asManyFramesAsFragments() throws IOException {
        EncapsulatedFrames frames = frames(2, NO_TABLE + item("0102") + item("0304") + DELIMITER);

        assertThat(frames.read(1)).isEqualTo(Bytes.of().hex("0304").array());
    }

    @Test
    void aTableLeadsStraightToAFrame() throws IOException {
        String table = ITEM + "08000000" + "00000000" + "14000000";
        Counted bytes = new Counted(Bytes.of()
                .hex(table + item("0102") + item("0304") + item("0506") + DELIMITER)
                .array());
        EncapsulatedFrames frames = new EncapsulatedFrames(bytes, NOTHING, 2, StreamMarks.NONE, PixelLimits.DEFAULT);

        assertThat(frames.read(1)).isEqualTo(Bytes.of().hex("0506").array());
        assertThat(frames.read(0)).isEqualTo(Bytes.of().hex("01020304").array());
        assertThat(bytes.offsets).contains(16L + 20);
    }

    @Test
    void aTableThatLeadsAstrayIsLeft() throws IOException {
        // the second frame is said to begin within the first
        String lying = ITEM + "08000000" + "00000000" + "09000000";
        String looping = ITEM + "08000000" + "00000000" + "00000000";
        String beyond = ITEM + "08000000" + "00000000" + "FFFFFFFF";
        for (String table : List.of(lying, looping, beyond)) {
            EncapsulatedFrames frames = frames(2, table + item("0102") + item("0304") + DELIMITER);

            assertThat(frames.read(0)).isEqualTo(Bytes.of().hex("0102").array());
            assertThat(frames.read(1)).isEqualTo(Bytes.of().hex("0304").array());
        }
    }

    @Test
    void anExtendedTable() throws IOException {
        // PS3.3 section C.7.6.3.1.8: offsets from the first item, lengths without padding
        DataSet dataSet = new DataSet()
                .putBytes(
                        Tag.EXTENDED_OFFSET_TABLE,
                        VR.OV,
                        Bytes.of().hex("0000000000000000 0A00000000000000").array())
                .putBytes(
                        Tag.EXTENDED_OFFSET_TABLE_LENGTHS,
                        VR.OV,
                        Bytes.of().hex("0200000000000000 0300000000000000").array());
        PixelBytes bytes = PixelBytes.of(Bytes.of()
                .hex(NO_TABLE + item("0102") + item("03040500") + DELIMITER)
                .array());

        EncapsulatedFrames frames = new EncapsulatedFrames(bytes, dataSet, 2, StreamMarks.NONE, PixelLimits.DEFAULT);

        assertThat(frames.read(1)).isEqualTo(Bytes.of().hex("030405").array());
    }

    @Test
    void streamsArePartedByTheirFirstBytesElseByTheirLast() throws IOException {
        String starts = NO_TABLE + item("FFD8FFE0") + item("0102") + item("FFD8FFC0") + item("FFD90304");
        String ends = NO_TABLE + item("0001") + item("02FFD900") + item("0003") + item("04FFD9");

        assertThat(jpeg(2, starts + DELIMITER).read(1))
                .isEqualTo(Bytes.of().hex("FFD8FFC0FFD90304").array());
        assertThat(jpeg(2, ends + DELIMITER).read(0))
                .isEqualTo(Bytes.of().hex("000102FFD900").array());
    }

    @Test
    void fragmentsThatDoNotPartAreRefused() {
        refused(Kind.STRUCTURE, 2, NO_TABLE + item("0102") + item("0304") + item("0506") + DELIMITER);
        refused(Kind.STRUCTURE, 3, NO_TABLE + item("0102") + item("0304") + DELIMITER);
    }

    @Test
    void aMissingDelimiterIsSurvivedACutFragmentIsNot() throws IOException {
        String cut = NO_TABLE + item("0102") + ITEM + "04000000" + "03";

        assertThat(frames(1, NO_TABLE + item("0102")).read(0))
                .isEqualTo(Bytes.of().hex("0102").array());
        assertThat(frames(2, cut).read(0)).isEqualTo(Bytes.of().hex("0102").array());
        assertThatThrownBy(() -> frames(2, cut).read(1))
                .isInstanceOfSatisfying(
                        MalformedInput.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRUNCATED));
    }

    @Test
    void whatIsNoItemIsRefused() {
        refused(Kind.STRUCTURE, 1, NO_TABLE + "FEFF0DE0 00000000" + DELIMITER);
        refused(Kind.STRUCTURE, 1, NO_TABLE + ITEM + "FFFFFFFF" + "0102" + DELIMITER);
        refused(Kind.TRUNCATED, 1, ITEM + "10000000" + "0102");
        refused(Kind.STRUCTURE, 1, "0102");
    }

    @Test
    void aMillionEmptyFragmentsEndInTheirLimit() {
        byte[] bytes = Bytes.of().hex(NO_TABLE).times(1_000_001, NO_TABLE).array();
        EncapsulatedFrames frames;
        try {
            frames = new EncapsulatedFrames(PixelBytes.of(bytes), NOTHING, 1, StreamMarks.JPEG, PixelLimits.DEFAULT);
        } catch (IOException e) {
            throw new AssertionError(e);
        }

        assertThatThrownBy(() -> frames.read(0))
                .isInstanceOfSatisfying(
                        MalformedInput.class, e -> assertThat(e.kind()).isEqualTo(Kind.LIMIT));
    }

    /** A read of a stored value opens a file: where there is one for each fragment, a small object takes minutes. */
    @Test
    void manySmallFragmentsAreFewReads() throws IOException {
        int fragments = 100_000;
        byte[] value = Bytes.of()
                .hex(NO_TABLE)
                .hex(item("FFD8FF00"))
                .times(fragments, item("0102"))
                .hex(DELIMITER)
                .array();
        for (int count : new int[] {1, 2}) {
            Counted bytes = new Counted(value);

            EncapsulatedFrames frames =
                    new EncapsulatedFrames(bytes, NOTHING, count, StreamMarks.JPEG, PixelLimits.DEFAULT);

            if (count == 1) {
                assertThat(frames.read(0)).hasSize(4 + 2 * fragments);
            } else {
                assertThatThrownBy(() -> frames.read(0)).isInstanceOf(MalformedInput.class);
            }
            assertThat(bytes.offsets).hasSizeLessThan(fragments / 100);
        }
    }

    private static void refused(Kind kind, int count, String hex) {
        assertThatThrownBy(() -> frames(count, hex).read(0))
                .isInstanceOfSatisfying(
                        MalformedInput.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static EncapsulatedFrames frames(int count, String hex) throws IOException {
        PixelBytes bytes = PixelBytes.of(Bytes.of().hex(hex).array());
        return new EncapsulatedFrames(bytes, NOTHING, count, StreamMarks.NONE, PixelLimits.DEFAULT);
    }

    private static EncapsulatedFrames jpeg(int count, String hex) throws IOException {
        PixelBytes bytes = PixelBytes.of(Bytes.of().hex(hex).array());
        return new EncapsulatedFrames(bytes, NOTHING, count, StreamMarks.JPEG, PixelLimits.DEFAULT);
    }

    private static String item(String value) {
        return ITEM + String.format("%02X000000", value.length() / 2) + value;
    }

    /** Notes where was read. */
    private static final class Counted implements PixelBytes {
        private final PixelBytes bytes;
        private final List<Long> offsets = new ArrayList<>();

        Counted(byte[] bytes) {
            this.bytes = PixelBytes.of(bytes);
        }

        @Override
        public long length() {
            return bytes.length();
        }

        @Override
        public byte[] read(long offset, int length) throws IOException {
            offsets.add(offset);
            return bytes.read(offset, length);
        }
    }
}
