package io.prelim.dicom.pixel.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.PixelData;
import io.prelim.dicom.pixel.Images;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.codec.CodeStreams;
import io.prelim.dicom.pixel.locate.PixelBytes;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A million pixels that a hundred bytes claim to be are refused, and no memory is taken for them. */
class HundredBytesTest {
    private static final int PIXELS = 1_000_000;
    private static final DataSet IMAGE = Images.grey(1000, 1000, 8);

    @ParameterizedTest
    @ValueSource(
            strings = {
                Uid.EXPLICIT_VR_LITTLE_ENDIAN,
                Uid.EXPLICIT_VR_BIG_ENDIAN,
                Uid.ENCAPSULATED_UNCOMPRESSED_EXPLICIT_VR_LITTLE_ENDIAN,
                Uid.RLE_LOSSLESS,
                Uid.DEFLATED_IMAGE_FRAME_COMPRESSION,
                Uid.JPEG_BASELINE,
                Uid.JPEG_EXTENDED,
                Uid.JPEG_LOSSLESS_FIRST_ORDER,
                Uid.JPEG_2000_LOSSLESS
            })
    void allocateNothing(String uid) {
        byte[] value = value(uid);
        // once before, for what is loaded with the first refusal
        read(uid, value);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        MalformedInput refused = read(uid, value);

        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(refused.kind()).isIn(Kind.TRUNCATED, Kind.LIMIT);
        assertThat(allocated).isLessThan(PIXELS / 10);
    }

    private static MalformedInput read(String uid, byte[] value) {
        return catchThrowableOfType(MalformedInput.class, () -> open(uid, value).frame(0));
    }

    private static FrameReader open(String uid, byte[] value) throws IOException {
        TransferSyntax syntax = TransferSyntax.of(uid);
        PixelData form = new PixelData(VR.OW, syntax.encapsulated() ? -1 : value.length, 0);
        return FrameReader.open(IMAGE, syntax, form, PixelBytes.of(value), PixelLimits.DEFAULT);
    }

    /** A hundred bytes, in a fragment where there are such. */
    private static byte[] value(String uid) {
        byte[] stream = Arrays.copyOf(stream(uid), 100);
        if (!TransferSyntax.of(uid).encapsulated()) {
            return stream;
        }
        ByteBuffer value = ByteBuffer.allocate(116).order(ByteOrder.LITTLE_ENDIAN);
        value.putInt(0xE000FFFE).putInt(0).putInt(0xE000FFFE).putInt(100).put(stream);
        return value.array();
    }

    private static byte[] stream(String uid) {
        return switch (uid) {
            case Uid.RLE_LOSSLESS -> new byte[] {1, 0, 0, 0, 64};
            case Uid.JPEG_BASELINE -> jpeg(0xC0, 8);
            case Uid.JPEG_EXTENDED -> jpeg(0xC1, 8);
            case Uid.JPEG_LOSSLESS_FIRST_ORDER -> jpeg(0xC3, 8);
            case Uid.JPEG_2000_LOSSLESS -> CodeStreams.millionPixels();
            default -> new byte[0];
        };
    }

    /** The lossless stream with another frame header: of 1000 rows and columns. */
    private static byte[] jpeg(int process, int precision) {
        byte[] stream = CodeStreams.lossless();
        ByteBuffer.wrap(stream, 3, 8)
                .put((byte) process)
                .putShort((short) 11)
                .put((byte) precision)
                .putShort((short) 1000)
                .putShort((short) 1000);
        return stream;
    }
}
