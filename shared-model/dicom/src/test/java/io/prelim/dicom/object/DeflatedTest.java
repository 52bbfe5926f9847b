package io.prelim.dicom.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** Deflated objects (PS3.5 annex A.5, lesson 8): read through in bounded memory, with and without a zlib header. */
class DeflatedTest {
    private static final TransferSyntax SYNTAX = TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN;

    private static byte[] plain(byte[] pixels) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataSet dataSet = new DataSet()
                .putString(Tag.SOP_INSTANCE_UID, "1.2.3")
                .putBytes(Tag.PIXEL_DATA, VR.OW, pixels)
                .putBytes(Tag.DATA_SET_TRAILING_PADDING, VR.OB, new byte[4]);
        DataSetWriter.write(dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, out);
        return out.toByteArray();
    }

    private static byte[] deflate(byte[] plain, boolean zlib) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream deflated = new DeflaterOutputStream(out, new Deflater(6, !zlib))) {
            deflated.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(8).nextBytes(noise);
        return noise;
    }

    @Test
    void theHeaderIsParsedAndThePixelsPassBy() throws IOException {
        byte[] pixels = noise(100_000);
        ByteArrayInputStream in = new ByteArrayInputStream(deflate(plain(pixels), false));
        ByteArrayOutputStream copied = new ByteArrayOutputStream();

        Header header = DataSetReader.readThrough(in, SYNTAX, ReadLimits.DEFAULT, copied);

        assertThat(header.dataSet().string(Tag.SOP_INSTANCE_UID)).isEqualTo("1.2.3");
        assertThat(header.dataSet().contains(Tag.PIXEL_DATA)).isFalse();
        assertThat(header.headerLength()).isEqualTo(14);
        assertThat(header.pixelData()).isEqualTo(new PixelData(VR.OW, pixels.length, 26));
        assertThat(header.deviations()).isEmpty();
        assertThat(copied.toByteArray()).isEqualTo(pixels);
        assertThat(in.available()).as("read to its end").isZero();
    }

    @Test
    void fragmentsPassByAsItems() throws IOException {
        byte[] items = Bytes.of()
                .hex("feff 00e0 00000000 feff 00e0 02000000 0102 feff dde0 00000000")
                .array();
        byte[] plain = Bytes.of()
                .hex("e07f 1000")
                .text("OB")
                .hex("0000 ffffffff")
                .bytes(items)
                .array();
        ByteArrayOutputStream copied = new ByteArrayOutputStream();

        Header header = DataSetReader.readThrough(
                new ByteArrayInputStream(plain), TransferSyntax.of(Uid.JPEG_BASELINE), ReadLimits.DEFAULT, copied);

        assertThat(header.pixelData().encapsulated()).isTrue();
        assertThat(copied.toByteArray()).isEqualTo(items);
    }

    @Test
    void anObjectWithoutPixelsIsAllHeader() throws IOException {
        byte[] plain =
                Bytes.of().hex("0800 6000").text("CS").hex("0200").text("CT").array();
        ByteArrayOutputStream copied = new ByteArrayOutputStream();

        Header header = DataSetReader.readThrough(
                new ByteArrayInputStream(deflate(plain, false)), SYNTAX, ReadLimits.DEFAULT, copied);

        assertThat(header.pixelData()).isNull();
        assertThat(header.dataSet().string(Tag.MODALITY)).isEqualTo("CT");
        assertThat(copied.size()).isZero();
    }

    @Test
    void aZlibHeaderPassesByName() throws IOException {
        byte[] bytes = deflate(plain(new byte[10]), true);

        Header header = DataSetReader.readThrough(
                new ByteArrayInputStream(bytes), SYNTAX, ReadLimits.DEFAULT, OutputStream.nullOutputStream());
        MalformedInput refused = refused(bytes, ReadLimits.DEFAULT.strict());
        byte[] wrongSum = bytes.clone();
        wrongSum[wrongSum.length - 1] ^= 1;

        assertThat(header.dataSet().string(Tag.SOP_INSTANCE_UID)).isEqualTo("1.2.3");
        assertThat(header.deviations()).containsExactly(Leniency.ZLIB_HEADER);
        assertThat(refused.kind()).isEqualTo(Kind.STRUCTURE);
        assertThat(refused.what()).isEqualTo("zlib header before deflated data");
        assertThat(refused(wrongSum, ReadLimits.DEFAULT).kind()).isEqualTo(Kind.STRUCTURE);
    }

    @Test
    void whatIsWrittenIsOfEvenLengthAndNotZlib() throws IOException {
        for (int length = 0; length < 40; length += 2) {
            DataSet dataSet = new DataSet().putBytes(Tag.PIXEL_DATA, VR.OW, noise(length));
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            DataSetWriter.write(dataSet, SYNTAX, out);

            assertThat(out.size() % 2).isZero();
            assertThat(DataSetReader.read(
                                    new ByteArrayInputStream(out.toByteArray()), SYNTAX, ReadLimits.DEFAULT.strict())
                            .bytes(Tag.PIXEL_DATA))
                    .isEqualTo(dataSet.bytes(Tag.PIXEL_DATA));
        }
    }

    @Test
    void whatIsCutOrGrowsTooFarIsRefused() throws IOException {
        byte[] bytes = deflate(plain(noise(5_000)), false);
        byte[] bomb = deflate(plain(new byte[64 << 20]), false);

        MalformedInput cut = refused(Arrays.copyOf(bytes, 3_000), ReadLimits.DEFAULT);
        MalformedInput grown = refused(bomb, ReadLimits.DEFAULT);
        MalformedInput large = refused(bytes, ReadLimits.DEFAULT.withMaxObjectBytes(4_000));

        assertThat(cut.kind()).isEqualTo(Kind.TRUNCATED);
        assertThat(cut.what()).isEqualTo("deflated data is cut short");
        assertThat(grown.kind()).isEqualTo(Kind.LIMIT);
        assertThat(grown.what()).isEqualTo("deflated data grows out of proportion");
        assertThat(large.kind()).isEqualTo(Kind.LIMIT);
        assertThat(large.what()).isEqualTo("object longer than allowed");
    }

    @Test
    void pixelDataIsNoSequence() {
        byte[] plain =
                Bytes.of().hex("e07f 1000").text("SQ").hex("0000 00000000").array();

        MalformedInput refused = catchThrowableOfType(
                MalformedInput.class,
                () -> DataSetReader.readThrough(
                        new ByteArrayInputStream(plain),
                        TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
                        ReadLimits.DEFAULT,
                        OutputStream.nullOutputStream()));

        assertThat(refused.kind()).isEqualTo(Kind.STRUCTURE);
        assertThat(refused.what()).isEqualTo("pixel data that is a sequence");
    }

    private static MalformedInput refused(byte[] bytes, ReadLimits limits) {
        return catchThrowableOfType(
                MalformedInput.class,
                () -> DataSetReader.readThrough(
                        new ByteArrayInputStream(bytes), SYNTAX, limits, OutputStream.nullOutputStream()));
    }
}
