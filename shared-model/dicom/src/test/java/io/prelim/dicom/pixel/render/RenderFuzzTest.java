package io.prelim.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetReader;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.Images;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.syntax.TransferSyntax;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a data set says of its image, a frame of it is shown or refused as {@link MalformedInput}, nothing else. The first byte says
 * how long the query parameter {@code viewport} is that follows; the rest is the data set, in implicit VR.
 */
class RenderFuzzTest {
    /** Small, so that a run shows many. */
    private static final PixelLimits LIMITS = PixelLimits.DEFAULT.withMaxPixels(1 << 16);

    private static final int MOST_PIXELS = 1 << 20;

    static Stream<byte[]> seeds() {
        DataSet windowed = Images.grey(3, 5, 16)
                .putInteger(Tag.BITS_STORED, 12)
                .putInteger(Tag.HIGH_BIT, 11)
                .putInteger(Tag.NUMBER_OF_FRAMES, 2)
                .putDecimal(Tag.PIXEL_SPACING, 2, 1)
                .putInteger(Tag.PIXEL_PADDING_VALUE, 7)
                .putInteger(Tag.PIXEL_PADDING_RANGE_LIMIT, 9)
                .putDecimal(Tag.WINDOW_CENTER, 40)
                .putDecimal(Tag.WINDOW_WIDTH, 400)
                .putString(Tag.VOI_LUT_FUNCTION, "SIGMOID")
                .putDecimal(Tag.RESCALE_SLOPE, 1)
                .putDecimal(Tag.RESCALE_INTERCEPT, -1024);
        DataSet tables = Images.grey(3, 5, 8)
                .putInteger(Tag.PIXEL_REPRESENTATION, 1)
                .putSequence(Tag.MODALITY_LUT_SEQUENCE, table())
                .putSequence(Tag.VOI_LUT_SEQUENCE, table());
        DataSet groups = Images.grey(3, 5, 8)
                .putInteger(Tag.NUMBER_OF_FRAMES, 2)
                .putSequence(
                        Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE,
                        new DataSet().putSequence(Tag.FRAME_VOI_LUT_SEQUENCE, windowed))
                .putSequence(
                        Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE,
                        new DataSet(),
                        new DataSet().putSequence(Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE, tables));
        DataSet overlaid = Images.grey(3, 5, 16).putInteger(Tag.BITS_STORED, 12).putInteger(Tag.HIGH_BIT, 11);
        overlay(0x60000000)
                .putBytes(0x60003000, VR.OW, new byte[] {0x55, 0x2A})
                .elements()
                .forEach(overlaid::put);
        overlay(0x60020000).putInteger(0x60020102, VR.US, 13).elements().forEach(overlaid::put);
        DataSet palette = Images.grey(3, 5, 8).putString(Tag.PHOTOMETRIC_INTERPRETATION, "PALETTE COLOR");
        for (int i = 0; i < 3; i++) {
            palette.putInteger(Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR + i, VR.US, 256, 0, 8)
                    .putBytes(Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA + i, VR.OW, new byte[256]);
        }
        return Stream.of(windowed, tables, groups, overlaid, palette)
                .flatMap(dataSet -> Stream.of(seed("", dataSet), seed("9,7,1,0.5,-3,2", dataSet)));
    }

    private static DataSet table() {
        return new DataSet()
                .putInteger(Tag.LUT_DESCRIPTOR, VR.US, 3, 10, 16)
                .putBytes(Tag.LUT_DATA, VR.OW, Bytes.of().hex("0000 8000 FFFF").array());
    }

    private static DataSet overlay(int group) {
        return new DataSet()
                .putInteger(group | 0x10, VR.US, 3)
                .putInteger(group | 0x11, VR.US, 5)
                .putInteger(group | 0x15, VR.IS, 1)
                .putString(group | 0x40, VR.CS, "R")
                .putInteger(group | 0x50, VR.SS, 1, 2)
                .putInteger(group | 0x51, VR.US, 1);
    }

    private static byte[] seed(String viewport, DataSet dataSet) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(viewport.length());
        out.writeBytes(viewport.getBytes(StandardCharsets.ISO_8859_1));
        try {
            DataSetWriter.write(dataSet, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    @MethodSource("seeds")
    @FuzzTest
    void framesAreShownOrRefused(byte[] input) throws IOException {
        if (input.length < 1) {
            return;
        }
        int length = Math.min(input[0] & 0xFF, input.length - 1);
        String viewport = new String(input, 1, length, StandardCharsets.ISO_8859_1);
        ByteArrayInputStream rest = new ByteArrayInputStream(input, 1 + length, input.length - 1 - length);
        try {
            DataSet dataSet = DataSetReader.read(rest, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, ReadLimits.DEFAULT);
            ImageDescription image = ImageDescription.of(dataSet, LIMITS);
            byte[] samples = new byte[(int) image.frameBytes()];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = input[i % input.length];
            }
            Frame frame = new Frame(image, samples);
            Rendering rendering = Rendering.DEFAULT.with(null, viewport.isEmpty() ? null : viewport);
            if (rendering.viewport() != null
                    && rendering.viewport().width() * rendering.viewport().height() > MOST_PIXELS) {
                return;
            }
            show(new FrameRenderer(dataSet).render(frame, image.frames() - 1, rendering), rendering);
        } catch (MalformedInput e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void show(BufferedImage picture, Rendering rendering) {
        assertThat(picture.getWidth()).isPositive();
        assertThat(picture.getHeight()).isPositive();
        if (rendering.viewport() != null) {
            assertThat(picture.getWidth())
                    .isLessThanOrEqualTo(rendering.viewport().width());
            assertThat(picture.getHeight())
                    .isLessThanOrEqualTo(rendering.viewport().height());
        }
    }
}
