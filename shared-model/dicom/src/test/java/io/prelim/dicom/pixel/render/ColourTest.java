package io.prelim.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.Images;
import io.prelim.dicom.pixel.Photometric;
import io.prelim.dicom.pixel.render.VoiTransform.Function;
import io.prelim.dicom.pixel.render.VoiTransform.Window;
import org.junit.jupiter.api.Test;

/** PS3.3 section C.7.6.3.1.2, and greys. */
class ColourTest {
    @Test
    void byPixelOrByPlane() {
        byte[] byPixel = rgb(Photometric.RGB, false, "010203 040506");
        byte[] byPlane = rgb(Photometric.RGB, true, "0104 0205 0306");

        assertThat(byPixel).isEqualTo(Bytes.of().hex("010203 040506").array());
        assertThat(byPlane).isEqualTo(byPixel);
    }

    @Test
    void luminanceAndDifferences() {
        // red is 76 85 255, white 255 128 128
        assertThat(rgb(Photometric.YBR_FULL, false, "4C55FF FF8080"))
                .isEqualTo(Bytes.of().hex("FE0000 FFFFFF").array());
        // black and white of the partial range
        assertThat(rgb(Photometric.YBR_PARTIAL_422, false, "10 EB 80 80"))
                .isEqualTo(Bytes.of().hex("000000 FFFFFF").array());
    }

    @Test
    void twoPixelsShareTheirDifferences() {
        assertThat(rgb(Photometric.YBR_FULL_422, false, "4C 4C 55 FF"))
                .isEqualTo(Bytes.of().hex("FE0000 FE0000").array());
    }

    @Test
    void leastIsBlackOrWhite() {
        DataSet image = Images.grey(1, 3, 8).putInteger(Tag.PIXEL_REPRESENTATION, 1);
        VoiTransform window = new Window(0, 256, Function.LINEAR);
        Frame two = new Frame(Images.describe(image), Bytes.of().hex("80 00 7F").array());
        image.putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME1");
        Frame one = new Frame(Images.describe(image), two.bytes());

        assertThat(GreyScale.grey(two, ModalityTransform.IDENTITY, window, false))
                .isEqualTo(Bytes.of().hex("00 80 FF").array());
        assertThat(GreyScale.grey(one, ModalityTransform.IDENTITY, window, true))
                .isEqualTo(Bytes.of().hex("FF 7F 00").array());
        assertThat(GreyScale.values(one, new ModalityTransform.Rescale(2, 1))).containsExactly(-255, 1, 255);
    }

    private static byte[] rgb(Photometric photometric, boolean planar, String hex) {
        return Colour.rgb(new Frame(
                Images.describe(Images.colour(1, 2, photometric, planar)),
                Bytes.of().hex(hex).array()));
    }
}
