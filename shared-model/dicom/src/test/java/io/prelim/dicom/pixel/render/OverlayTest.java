package io.prelim.dicom.pixel.render;

import static io.prelim.dicom.pixel.render.Pictures.frame;
import static io.prelim.dicom.pixel.render.Pictures.levels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.Images;
import io.prelim.dicom.pixel.Photometric;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** PS3.3 section C.9.2, and section C.9.3 of editions before 2004. */
class OverlayTest {
    private static final int GROUP = 0x60020000;
    private static final int ROWS = GROUP | 0x10;
    private static final int COLUMNS = GROUP | 0x11;
    private static final int FRAMES = GROUP | 0x15;
    private static final int TYPE = GROUP | 0x40;
    private static final int ORIGIN = GROUP | 0x50;
    private static final int FRAME_ORIGIN = GROUP | 0x51;
    private static final int ALLOCATED = GROUP | 0x100;
    private static final int POSITION = GROUP | 0x102;
    private static final int DATA = GROUP | 0x3000;

    /** Levels are the samples. */
    private static DataSet image(int rows, int columns) {
        return Images.grey(rows, columns, 8).putDecimal(Tag.WINDOW_CENTER, 128).putDecimal(Tag.WINDOW_WIDTH, 256);
    }

    private static DataSet plane(DataSet image, int rows, int columns, int row, int column, int... data) {
        byte[] bytes = new byte[data.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) data[i];
        }
        return image.putInteger(ROWS, VR.US, rows)
                .putInteger(COLUMNS, VR.US, columns)
                .putString(TYPE, VR.CS, "G")
                .putInteger(ORIGIN, VR.SS, row, column)
                .putInteger(ALLOCATED, VR.US, 1)
                .putInteger(POSITION, VR.US, 0)
                .putBytes(DATA, VR.OW, bytes);
    }

    private static int[] render(DataSet image, int number, int... samples) throws MalformedInput {
        return levels(new FrameRenderer(image).render(frame(image, samples), number, Rendering.DEFAULT));
    }

    @Test
    void bitsAreWhiteFromTheirOrigin() throws MalformedInput {
        DataSet image = plane(image(3, 4), 2, 2, 2, 3, 0b1001);

        assertThat(render(image, 0, new int[12])).containsExactly(0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255);
    }

    @Test
    void bitsAreBlackWhereItIsBright() throws MalformedInput {
        int[] bright = new int[12];
        Arrays.fill(bright, 250);

        assertThat(render(plane(image(3, 4), 1, 1, 1, 1, 1), 0, bright))
                .startsWith(0, 250)
                .endsWith(250);
    }

    @Test
    void whatLiesBesideThePictureIsLeftOut() throws MalformedInput {
        assertThat(render(plane(image(2, 2), 2, 2, 0, 0, 0b1111), 0, new int[4]))
                .containsExactly(255, 0, 0, 0);
        assertThat(render(plane(image(2, 2), 2, 2, 2, 2, 0b1111), 0, new int[4]))
                .containsExactly(0, 0, 0, 255);
        assertThat(render(plane(image(2, 2), 2, 2, 0x7FFF, -0x8000, 0b1111), 0, new int[4]))
                .containsOnly(0);
    }

    @Test
    void onColours() throws MalformedInput {
        DataSet rgb = plane(Images.colour(1, 2, Photometric.RGB, false), 1, 1, 1, 2, 1);

        assertThat(render(rgb, 0, 1, 2, 3, 4, 5, 6)).containsExactly(1, 2, 3, 255, 255, 255);
    }

    @Test
    void regionsAreOutlined() throws MalformedInput {
        DataSet image = plane(image(5, 5), 3, 3, 2, 2, 0xFF, 0x01).putString(TYPE, VR.CS, "R");

        assertThat(render(image, 0, new int[25]))
                .containsExactly(
                        0, 0, 0, 0, 0, //
                        0, 255, 255, 255, 0, //
                        0, 255, 0, 255, 0, //
                        0, 255, 255, 255, 0, //
                        0, 0, 0, 0, 0);
    }

    @Test
    void oneOnAllFramesOrASeriesFromOne() throws MalformedInput {
        DataSet image = plane(image(1, 2), 1, 2, 1, 1, 0b1001).putInteger(Tag.NUMBER_OF_FRAMES, 4);

        assertThat(render(image, 3, 0, 0)).containsExactly(255, 0);
        image.putInteger(FRAME_ORIGIN, VR.US, 2);
        assertThat(render(image, 0, 0, 0)).containsExactly(0, 0);
        assertThat(render(image, 1, 0, 0)).containsExactly(255, 0);
        assertThat(render(image, 2, 0, 0)).containsExactly(0, 0);
        image.putInteger(FRAMES, VR.IS, 2);
        assertThat(render(image, 1, 0, 0)).containsExactly(255, 0);
        assertThat(render(image, 2, 0, 0)).containsExactly(0, 255);
        assertThat(render(image, 3, 0, 0)).containsExactly(0, 0);
        image.remove(FRAME_ORIGIN);
        assertThat(render(image, 1, 0, 0)).containsExactly(0, 255);
    }

    @Test
    void inTheBitsAboveThoseStored() throws MalformedInput {
        DataSet image = Images.grey(1, 3, 16)
                .putInteger(Tag.BITS_STORED, 12)
                .putInteger(Tag.HIGH_BIT, 11)
                .putDecimal(Tag.WINDOW_CENTER, 128)
                .putDecimal(Tag.WINDOW_WIDTH, 256)
                .putInteger(ROWS, VR.US, 1)
                .putInteger(COLUMNS, VR.US, 3)
                .putInteger(ORIGIN, VR.SS, 1, 1)
                .putInteger(ALLOCATED, VR.US, 16)
                .putInteger(POSITION, VR.US, 12);

        assertThat(render(image, 0, 0x1007, 0xE007, 0x7007)).containsExactly(255, 7, 255);
        // a bit of the values is none of an overlay's, and one past the sample is of another
        assertThat(render(image.putInteger(POSITION, VR.US, 11), 0, 0x0807, 0, 7))
                .containsExactly(255, 0, 7);
        assertThat(render(image.putInteger(POSITION, VR.US, 16), 0, 7, 1, 1)).containsExactly(7, 1, 1);
    }

    @Test
    void bitsThatAreClaimedAndNotThereAreNone() throws MalformedInput {
        assertThat(render(plane(image(2, 8), 2, 8, 1, 1, 0xFF), 0, new int[16]))
                .containsSequence(255, 255, 255)
                .endsWith(0, 0, 0, 0, 0, 0, 0, 0);
        DataSet vast = plane(image(1, 2), 0xFFFF, 0xFFFF, 1, 1, 0b10).putInteger(FRAMES, VR.IS, Integer.MAX_VALUE);
        assertThat(render(vast, 0, 0, 0)).containsExactly(0, 255);
        DataSet beyond = plane(image(1, 2), 1, 2, 1, 1, 0b11)
                .putInteger(FRAMES, VR.IS, Integer.MAX_VALUE)
                .putInteger(FRAME_ORIGIN, VR.US, 0);
        beyond.putInteger(Tag.NUMBER_OF_FRAMES, 1_000_000);
        assertThat(render(beyond, 999_999, 0, 0)).containsExactly(0, 0);
    }

    @Test
    void anOverlayWithoutASizeIsRefusedUnlessItIsLeftOut() throws MalformedInput {
        DataSet image = plane(image(1, 1), 1, 1, 1, 1, 1).putInteger(ROWS, VR.US, 0);

        assertThatThrownBy(() -> render(image, 0, 7)).isInstanceOf(MalformedInput.class);
        assertThat(Pictures.render(image, Rendering.DEFAULT.withoutOverlays(), 7))
                .containsExactly(7);
    }
}
