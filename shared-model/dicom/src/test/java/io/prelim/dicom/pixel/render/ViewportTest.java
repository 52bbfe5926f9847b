package io.prelim.dicom.pixel.render;

import static io.prelim.dicom.pixel.render.Pictures.frame;
import static io.prelim.dicom.pixel.render.Pictures.levels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.Images;
import io.prelim.dicom.pixel.Photometric;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

/** PS3.18 section 8.3.5.1.3, PS3.3 sections 10.7 and C.7.6.3.1.7. */
class ViewportTest {
    /** Shown as stored: least and greatest are black and white. */
    private static final int[] SAMPLES = {0, 10, 20, 30, 40, 50, 60, 255};

    private static BufferedImage show(DataSet image, String viewport) throws MalformedInput {
        return new FrameRenderer(image).render(frame(image, SAMPLES), 0, Rendering.DEFAULT.with(null, viewport));
    }

    private static DataSet image() {
        return Images.grey(2, 4, 8);
    }

    @Test
    void itsOwnSize() throws MalformedInput {
        assertThat(levels(show(image(), "4,2"))).isEqualTo(SAMPLES);
        assertThat(levels(show(image(), null))).isEqualTo(SAMPLES);
    }

    @Test
    void negativeSizesTurnIt() throws MalformedInput {
        assertThat(levels(show(image(), "4,2,0,0,-4,2"))).containsExactly(30, 20, 10, 0, 255, 60, 50, 40);
        assertThat(levels(show(image(), "4,2,0,0,4,-2"))).containsExactly(40, 50, 60, 255, 0, 10, 20, 30);
        assertThat(levels(show(image(), "4,2,,,-4,-2"))).containsExactly(255, 60, 50, 40, 30, 20, 10, 0);
    }

    @Test
    void aPartOfIt() throws MalformedInput {
        assertThat(levels(show(image(), "2,1,1,1,2,1"))).containsExactly(50, 60);
        assertThat(levels(show(image(), "2,2,2"))).containsExactly(20, 30, 60, 255);
        // as much as there is
        assertThat(levels(show(image(), "1,1,3,1,100,100"))).containsExactly(255);
        assertThat(levels(show(image(), "2,1,0,0,-2,1"))).containsExactly(10, 0);
    }

    @Test
    void fewerPixelsAreMeans() throws MalformedInput {
        assertThat(levels(show(image(), "2,1"))).containsExactly(25, 91);
        // a pixel and a third, and parts of half of one
        assertThat(levels(show(image(), "3,1,0,0,4,1"))).containsExactly(3, 15, 28);
        assertThat(levels(show(image(), "1,1,0.5,0,1,1"))).containsExactly(5);
    }

    @Test
    void morePixelsLieOnLines() throws MalformedInput {
        // a quarter and three quarters of the way from one to the next
        assertThat(levels(show(image(), "8,2,0,0,4,1")))
                .containsExactly(0, 3, 8, 13, 18, 23, 28, 30, 0, 3, 8, 13, 18, 23, 28, 30);
    }

    @Test
    void itFitsAndKeepsItsAspect() throws MalformedInput {
        assertThat(size(show(image(), "100,100"))).containsExactly(100, 50);
        assertThat(size(show(image(), "100,10"))).containsExactly(20, 10);
        assertThat(size(show(image(), "1,1"))).containsExactly(1, 1);
    }

    @Test
    void coloursScaleByColour() throws MalformedInput {
        DataSet rgb = Images.colour(1, 2, Photometric.RGB, false);

        assertThat(Pictures.render(rgb, Rendering.DEFAULT.with(null, "1,1"), 0, 10, 20, 100, 200, 255))
                .containsExactly(50, 105, 138);
    }

    @Test
    void pixelsAreMadeSquare() throws MalformedInput {
        // twice as high as wide, by each attribute that says it
        assertThat(size(show(image().putDecimal(Tag.PIXEL_SPACING, 2, 1), null)))
                .containsExactly(4, 4);
        assertThat(size(show(image().putDecimal(Tag.IMAGER_PIXEL_SPACING, 0.2, 0.1), null)))
                .containsExactly(4, 4);
        assertThat(size(show(image().putDecimal(Tag.NOMINAL_SCANNED_PIXEL_SPACING, 4, 2), null)))
                .containsExactly(4, 4);
        assertThat(size(show(image().putInteger(Tag.PIXEL_ASPECT_RATIO, 2, 1), null)))
                .containsExactly(4, 4);
        assertThat(size(show(image().putInteger(Tag.PIXEL_ASPECT_RATIO, 2, 1), "100,100")))
                .containsExactly(100, 100);
        assertThat(size(show(image().putInteger(Tag.PIXEL_ASPECT_RATIO, 1, 2), null)))
                .containsExactly(8, 2);
        DataSet both = image().putDecimal(Tag.PIXEL_SPACING, 1, 1).putInteger(Tag.PIXEL_ASPECT_RATIO, 2, 1);
        assertThat(size(show(both, null))).containsExactly(4, 2);
    }

    @Test
    void enhancedImagesHaveMeasuresByFrame() throws MalformedInput {
        DataSet measures = new DataSet()
                .putSequence(Tag.PIXEL_MEASURES_SEQUENCE, new DataSet().putDecimal(Tag.PIXEL_SPACING, 3, 1));

        assertThat(size(show(image().putSequence(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, measures), null)))
                .containsExactly(4, 6);
    }

    @Test
    void spacingsThatAreNoneLeaveItSquare() throws MalformedInput {
        for (String spacing :
                new String[] {"0\\1", "1\\0", "0\\0", "-2\\1", "2", "", "a\\b", "1000\\1", "1e-300\\1e300"}) {
            DataSet image = image().putString(Tag.PIXEL_SPACING, spacing.split("\\\\", -1));

            assertThat(size(show(image, null))).as(spacing).containsExactly(4, 2);
        }
        // three decimals of the same number
        assertThat(size(show(image().putDecimal(Tag.PIXEL_SPACING, 0.48828, 0.48848), null)))
                .containsExactly(4, 2);
    }

    @Test
    void longPixelsDoNotPassTheBound() throws MalformedInput {
        DataSet image = Images.grey(4000, 1, 8).putInteger(Tag.PIXEL_ASPECT_RATIO, 60, 1);

        BufferedImage picture = new FrameRenderer(image).render(frame(image, new int[4000]), 0, Rendering.DEFAULT);

        // 240 000 rows would be: the columns become fewer, of which there is one
        assertThat(size(picture)).containsExactly(1, 4000);
    }

    @Test
    void thumbnails() throws MalformedInput {
        DataSet image = Images.grey(100, 300, 8);

        BufferedImage picture = new FrameRenderer(image).render(frame(image, new int[30_000]), 0, Rendering.THUMBNAIL);

        assertThat(size(picture)).containsExactly(128, 43);
    }

    @Test
    void whatIsNoneIsRefused() {
        for (String value : new String[] {
            "", "4", "4,", "0,4", "4,0", "-4,2", "4.5,2", "a,b", "4,2,0,0,0,1", "4,2,-1,0", "4,2,0,0,1,1,1", "4,2,NaN"
        }) {
            assertThatThrownBy(() -> Viewport.parse(value)).as(value).isInstanceOf(MalformedInput.class);
        }
        assertThatThrownBy(() -> show(image(), "4,2,4,0")).isInstanceOf(MalformedInput.class);
        assertThatThrownBy(() -> show(image(), "4,2,0,2.5")).isInstanceOf(MalformedInput.class);
    }

    @Test
    void whatIsTooLargeIsRefused() throws MalformedInput {
        for (String value : new String[] {"8193,1", "1,8193", "8192,8192", "999999999,999999999"}) {
            assertThatThrownBy(() -> Viewport.parse(value))
                    .as(value)
                    .isInstanceOfSatisfying(
                            MalformedInput.class,
                            refusal -> assertThat(refusal.kind()).isEqualTo(Kind.LIMIT));
        }
        assertThatThrownBy(() -> Viewport.fit(8193, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Viewport.parse("8192,4096")).isEqualTo(Viewport.fit(8192, 4096));
    }

    private static int[] size(BufferedImage picture) {
        return new int[] {picture.getWidth(), picture.getHeight()};
    }
}
