package io.prelim.dicom.pixel.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.PixelData;
import io.prelim.dicom.pixel.Images;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.locate.PixelBytes;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames as they are stored, whatever they are stored in. */
class FrameReaderTest {
    private static final byte[] FIRST = {1, 2, 3, 4};
    private static final byte[] SECOND = {5, 6};
    private static final PixelLimits LIMITS = PixelLimits.DEFAULT;

    private static DataSet twoFrames() {
        return Images.grey(1, 2, 8).putInteger(Tag.NUMBER_OF_FRAMES, 2);
    }

    /** A table that holds nothing, and a fragment for each frame. */
    private static byte[] fragments() {
        ByteBuffer value = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
        for (byte[] item : new byte[][] {{}, FIRST, SECOND}) {
            value.putInt(0xE000FFFE).putInt(item.length).put(item);
        }
        return value.array();
    }

    private static FrameReader stored(TransferSyntax syntax, PixelData form, byte[] value) throws IOException {
        return FrameReader.openStored(twoFrames(), syntax, form, PixelBytes.of(value), LIMITS);
    }

    @ParameterizedTest
    @ValueSource(strings = {Uid.HTJ2K, Uid.JPEG_2000_LOSSLESS, Uid.RLE_LOSSLESS, "1.2.840.10008.1.2.4.92"})
    void framesOfAnySyntaxAreReadAsTheyAreStored(String uid) throws IOException {
        FrameReader reader = stored(TransferSyntax.of(uid), new PixelData(VR.OB, -1, 0), fragments());

        assertThat(reader.image().frames()).isEqualTo(2);
        assertThat(reader.stored(0)).isEqualTo(FIRST);
        assertThat(reader.stored(1)).isEqualTo(SECOND);
        refused(Kind.UNSUPPORTED, () -> reader.frame(0));
    }

    @Test
    void whatNothingDecodesOpensForThatAlone() {
        TransferSyntax syntax = TransferSyntax.of(Uid.HTJ2K);

        refused(
                Kind.UNSUPPORTED,
                () -> FrameReader.open(
                        twoFrames(), syntax, new PixelData(VR.OB, -1, 0), PixelBytes.of(fragments()), LIMITS));
    }

    @Test
    void nativeFramesAreStoredAsTheyAre() throws IOException {
        FrameReader reader = stored(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, new PixelData(VR.OB, 4, 0), FIRST);

        assertThat(reader.stored(1)).containsExactly(3, 4);
        assertThat(reader.frame(1).bytes()).containsExactly(3, 4);
    }

    @Test
    void whatOpensNoImageOpensNoStoredFrames() {
        TransferSyntax syntax = TransferSyntax.of(Uid.HTJ2K);

        refused(Kind.UNSUPPORTED, () -> stored(syntax, null, new byte[0]));
        refused(Kind.STRUCTURE, () -> stored(syntax, new PixelData(VR.OB, 4, 0), FIRST));
        refused(
                Kind.STRUCTURE,
                () -> stored(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, new PixelData(VR.OB, -1, 0), fragments()));
        refused(
                Kind.LIMIT,
                () -> FrameReader.openStored(
                        twoFrames(),
                        syntax,
                        new PixelData(VR.OB, -1, 0),
                        PixelBytes.of(fragments()),
                        LIMITS.withMaxPixels(1)));
    }

    private static void refused(Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable opening) {
        assertThatThrownBy(opening)
                .isInstanceOfSatisfying(
                        MalformedInput.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
