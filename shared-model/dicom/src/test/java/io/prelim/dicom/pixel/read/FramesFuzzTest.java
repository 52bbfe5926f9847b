package io.prelim.dicom.pixel.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.PixelData;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.Images;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.codec.CodeStreams;
import io.prelim.dicom.pixel.locate.PixelBytes;
import io.prelim.dicom.pixel.render.FrameRenderer;
import io.prelim.dicom.pixel.render.Rendering;
import io.prelim.dicom.syntax.TransferSyntax;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pixel data is read and shown, or refused as {@link MalformedInput}, nothing else, and in time. The first byte chooses the syntax and with it
 * the image, the second how many frames it is said to have; the rest is the value.
 */
class FramesFuzzTest {
    /** A hang is for the fuzzer to find, whose time is shorter. */
    private static final PixelLimits LIMITS = PixelLimits.DEFAULT.withDeadline(Duration.ofMinutes(1));

    private static final List<String> SYNTAXES = List.of(
            Uid.EXPLICIT_VR_LITTLE_ENDIAN,
            Uid.EXPLICIT_VR_BIG_ENDIAN,
            Uid.ENCAPSULATED_UNCOMPRESSED_EXPLICIT_VR_LITTLE_ENDIAN,
            Uid.RLE_LOSSLESS,
            Uid.DEFLATED_IMAGE_FRAME_COMPRESSION,
            Uid.JPEG_LOSSLESS_FIRST_ORDER,
            Uid.JPEG_BASELINE,
            Uid.JPEG_EXTENDED,
            Uid.JPEG_2000_LOSSLESS);

    static Stream<byte[]> seeds() {
        return IntStream.range(0, SYNTAXES.size())
                .boxed()
                .flatMap(choice -> Stream.of(seed(choice, 1), seed(choice, 2)));
    }

    private static byte[] seed(int choice, int frames) {
        byte[] stream = stream(SYNTAXES.get(choice));
        ByteBuffer value =
                ByteBuffer.allocate(64 + frames * (stream.length + 9)).order(ByteOrder.LITTLE_ENDIAN);
        value.put((byte) choice).put((byte) (frames - 1));
        if (!TransferSyntax.of(SYNTAXES.get(choice)).encapsulated()) {
            IntStream.range(0, frames).forEach(i -> value.put(stream));
            return Arrays.copyOf(value.array(), value.position());
        }
        int length = stream.length + (stream.length & 1);
        item(value, 4 * frames);
        IntStream.range(0, frames).forEach(i -> value.putInt(i * (length + 8)));
        for (int i = 0; i < frames; i++) {
            item(value, length).put(Arrays.copyOf(stream, length));
        }
        value.putShort((short) 0xFFFE).putShort((short) 0xE0DD).putInt(0);
        return Arrays.copyOf(value.array(), value.position());
    }

    private static ByteBuffer item(ByteBuffer value, int length) {
        return value.putShort((short) 0xFFFE).putShort((short) 0xE000).putInt(length);
    }

    private static DataSet image(String syntax) {
        return switch (syntax) {
            case Uid.JPEG_LOSSLESS_FIRST_ORDER -> Images.grey(2, 2, 8);
            case Uid.JPEG_EXTENDED -> Images.grey(2, 9, 16);
            case Uid.JPEG_BASELINE, Uid.JPEG_2000_LOSSLESS -> Images.grey(16, 24, 8);
            default -> Images.grey(1, 5, 16);
        };
    }

    private static byte[] stream(String syntax) {
        try {
            return switch (syntax) {
                case Uid.RLE_LOSSLESS ->
                    Bytes.of()
                            .hex("02000000 40000000 42000000")
                            .times(52, "00")
                            .hex("FC 01 01 0203 FE 04")
                            .array();
                case Uid.DEFLATED_IMAGE_FRAME_COMPRESSION ->
                    // a stored block of ten bytes (RFC 1951 section 3.2.4)
                    Bytes.of().hex("01 0A00 F5FF").times(10, "07").array();
                case Uid.JPEG_LOSSLESS_FIRST_ORDER -> CodeStreams.lossless();
                case Uid.JPEG_EXTENDED -> CodeStreams.twelveBits();
                case Uid.JPEG_BASELINE -> CodeStreams.baseline(16, 24);
                case Uid.JPEG_2000_LOSSLESS -> CodeStreams.jpeg2000(16, 24, false);
                default -> new byte[10];
            };
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void framesAreReadOrRefused(byte[] input) throws IOException {
        if (input.length < 2) {
            return;
        }
        TransferSyntax syntax = TransferSyntax.of(SYNTAXES.get((input[0] & 0xFF) % SYNTAXES.size()));
        DataSet dataSet = image(syntax.uid()).putInteger(Tag.NUMBER_OF_FRAMES, (input[1] & 0xFF) + 1);
        byte[] value = Arrays.copyOfRange(input, 2, input.length);
        PixelData form = new PixelData(VR.OW, syntax.encapsulated() ? -1 : value.length, 0);
        try {
            FrameReader reader = FrameReader.open(dataSet, syntax, form, PixelBytes.of(value), LIMITS);
            FrameRenderer renderer = new FrameRenderer(dataSet);
            for (int i = 0; i < reader.image().frames(); i++) {
                Frame frame = reader.frame(i);
                assertThat(frame.bytes()).hasSize((int) frame.image().frameBytes());
                BufferedImage picture = renderer.render(frame, i, Rendering.THUMBNAIL);
                assertThat(Math.max(picture.getWidth(), picture.getHeight())).isEqualTo(128);
            }
        } catch (MalformedInput e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
