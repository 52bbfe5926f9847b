package io.prelim.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** PS3.18 sections 8.7.4 and 8.3.5.1.2. */
class PictureFormatTest {
    private static final int SIDE = 64;

    private static Picture grey() {
        byte[] levels = new byte[SIDE * SIDE];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) (i % SIDE + i / SIDE * 2);
        }
        return new Picture(SIDE, SIDE, 1, levels);
    }

    private static Picture colour() {
        byte[] levels = new byte[SIDE * SIDE * 3];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) (new int[] {200, 100, 30})[i % 3];
        }
        return new Picture(SIDE, SIDE, 3, levels);
    }

    @Test
    void pngLosesNothing() throws IOException {
        assertThat(Pictures.levels(again(PictureFormat.PNG, grey(), 90))).isEqualTo(Pictures.levels(grey().image()));
        assertThat(Pictures.levels(again(PictureFormat.PNG, colour(), 90)))
                .isEqualTo(Pictures.levels(colour().image()));
    }

    @Test
    void jpegKeepsGreysAndColours() throws IOException {
        BufferedImage grey = again(PictureFormat.JPEG, grey(), 100);
        BufferedImage colour = again(PictureFormat.JPEG, colour(), 100);

        assertThat(grey.getRaster().getNumBands()).isEqualTo(1);
        int[] levels = Pictures.levels(grey);
        int[] wanted = Pictures.levels(grey().image());
        for (int i = 0; i < levels.length; i++) {
            assertThat(Math.abs(levels[i] - wanted[i])).as("pixel %d", i).isLessThanOrEqualTo(3);
        }
        int rgb = colour.getRGB(SIDE / 2, SIDE / 2);
        assertThat(Math.abs((rgb >> 16 & 0xFF) - 200)).isLessThanOrEqualTo(3);
        assertThat(Math.abs((rgb >> 8 & 0xFF) - 100)).isLessThanOrEqualTo(3);
        assertThat(Math.abs((rgb & 0xFF) - 30)).isLessThanOrEqualTo(3);
    }

    @Test
    void lessQualityIsSmaller() throws IOException {
        assertThat(bytes(PictureFormat.JPEG, grey(), 10).length)
                .isLessThan(bytes(PictureFormat.JPEG, grey(), 90).length);
    }

    @Test
    void theStreamStaysOpen() throws IOException {
        boolean[] closed = new boolean[1];
        OutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        PictureFormat.PNG.write(grey().image(), 90, out);

        assertThat(closed[0]).isFalse();
    }

    @Test
    void aSideLongerThanJpegHasIsRefused() {
        Picture line = new Picture(65_501, 1, 1, new byte[65_501]);

        assertThatThrownBy(() -> bytes(PictureFormat.JPEG, line, 90))
                .isInstanceOfSatisfying(
                        MalformedInput.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(Kind.LIMIT));
    }

    @Test
    void qualityAsAQueryParameter() throws MalformedInput {
        assertThat(PictureFormat.quality(null)).isEqualTo(PictureFormat.DEFAULT_QUALITY);
        assertThat(PictureFormat.quality("1")).isEqualTo(1);
        assertThat(PictureFormat.quality("100")).isEqualTo(100);
        for (String value : new String[] {"", "0", "101", "-1", "9.5", "high", "99999999999"}) {
            assertThatThrownBy(() -> PictureFormat.quality(value)).as(value).isInstanceOf(MalformedInput.class);
        }
    }

    private static byte[] bytes(PictureFormat format, Picture picture, int quality) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(picture.image(), quality, out);
        return out.toByteArray();
    }

    private static BufferedImage again(PictureFormat format, Picture picture, int quality) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(bytes(format, picture, quality)));
    }
}
