package io.prelim.inference.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.events.EventJson;
import io.prelim.events.PartClass;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.fixture.PartStore;
import io.prelim.inference.fixture.TestImages;
import io.prelim.inference.model.Preparation.Box;
import io.prelim.inference.model.Preparation.Orientation;
import io.prelim.inference.model.Preparation.Spacing;
import io.prelim.inference.model.Preparation.Towards;
import io.prelim.inference.model.Preparation.Volumetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VolumeStacksTest {
    private static final byte[] PIXELS = new byte[6];
    private static final double[] AXIAL = {1, 0, 0, 0, 1, 0};

    private final List<Image> images = new ArrayList<>();

    @Test
    void slicesComeInOrderOfTheirPlace() {
        for (double z : new double[] {9, 3, 6, 0}) {
            add("a", AXIAL, 0, 0, z);
        }

        VolumeStacks stacks = VolumeStacks.of(how(3), images);

        assertThat(stacks.refusal()).isEmpty();
        assertThat(stacks.volumes()).hasSize(1);
        assertThat(stacks.volumes().get(0).images())
                .extracting(image -> image.imagePosition().get(2))
                .containsExactly(0.0, 3.0, 6.0, 9.0);
    }

    @Test
    void aSeriesOfFewerImagesIsPassedOver() {
        add("localiser", AXIAL, 0, 0, 0);
        add("localiser", new double[] {0, 1, 0, 0, 0, -1}, 0, 0, 0);
        stack("a", 4);
        stack("b", 5);

        VolumeStacks stacks = VolumeStacks.of(how(4), images);

        assertThat(stacks.volumes()).extracting(stack -> stack.images().size()).containsExactly(4, 5);
    }

    @Test
    void anyOtherSeriesMustBeAVolume() {
        stack("a", 4);
        stack("b", 3);
        add("b", AXIAL, 0, 0, 100);

        VolumeStacks stacks = VolumeStacks.of(how(4), images);

        assertThat(stacks.volumes()).isEmpty();
        assertThat(stacks.refusal().orElseThrow().code()).isEqualTo("not-a-volume");
        assertThat(stacks.refusal().orElseThrow().text())
                .startsWith("A series of 4 images is no volume: 1 gaps, the first after slice 2");
    }

    @Test
    void imagesWithoutAPlaceAreNoVolume() {
        for (int i = 0; i < 3; i++) {
            images.add(TestImages.image(attributes("a"), "1.2." + i, PartStore.reference(PartClass.PIXELS, PIXELS)));
        }

        assertThat(VolumeStacks.of(how(3), images).refusal().orElseThrow().text())
                .contains("whose place is not known");
    }

    @Test
    void obliqueAxesGoToTheNearest() {
        double c = Math.cos(0.6);
        double s = Math.sin(0.6);
        // columns run to the feet and the left, rows to the front: a turned coronal-like stack
        for (int i = 0; i < 3; i++) {
            double[] orientation = {s, 0, -c, 0, -1, 0};
            add("a", orientation, -2 * i * c, 0, -2 * i * s);
        }
        VolumeStacks stacks = VolumeStacks.of(how(3), images);
        assertThat(stacks.refusal()).isEmpty();

        AxisOrder order =
                AxisOrder.of(stacks.volumes().get(0).volume(), new Orientation(Towards.L, Towards.P, Towards.S));

        assertThat(order.source()).containsExactly(2, 1, 0);
        assertThat(order.flipped()).containsExactly(true, true, true);
    }

    @Test
    void aVolumeTooLargeAtItsSpacingIsRefused() {
        stack("a", 4);
        Volumetric fine = new Volumetric(
                3,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(new Spacing(0.05, 0.05, 0.05)),
                Optional.empty(),
                new Box(1, 1, 1, 0),
                Optional.empty());
        VolumeStacks.Stack stack = VolumeStacks.of(fine, images).volumes().get(0);

        UnpreparedImage refused = catchThrowableOfType(
                UnpreparedImage.class,
                () -> VolumePreparation.open(fine, stack, PixelLimits.DEFAULT.withMaxPixels(1000)));

        assertThat(refused.reason().code()).isEqualTo("too-many-pixels");
        assertThat(refused.reason().text()).contains("voxels");
    }

    @Test
    void theTensorIsMadeOnceAllSlicesAreThere() throws Exception {
        stack("a", 3);
        VolumeStacks.Stack stack = VolumeStacks.of(how(3), images).volumes().get(0);
        VolumePreparation volume = VolumePreparation.open(how(3), stack, PixelLimits.DEFAULT);
        volume.add(PIXELS);

        assertThatThrownBy(volume::tensor).isInstanceOf(IllegalStateException.class);
    }

    private void stack(String series, int slices) {
        for (int i = 0; i < slices; i++) {
            add(series, AXIAL, 0, 0, 3.0 * i);
        }
    }

    private void add(String series, double[] orientation, double... position) {
        ObjectNode attributes = attributes(series);
        ArrayNode cosines = attributes.putArray("imageOrientation");
        for (double cosine : orientation) {
            cosines.add(cosine);
        }
        ArrayNode place = attributes.putArray("imagePosition");
        for (double mm : position) {
            place.add(mm);
        }
        attributes.putArray("pixelSpacing").add(1.0).add(1.0);
        images.add(TestImages.image(attributes, "1.2." + images.size(), PartStore.reference(PartClass.PIXELS, PIXELS)));
    }

    private static ObjectNode attributes(String series) {
        return EventJson.mapper()
                .createObjectNode()
                .put("series", series)
                .put("rows", 2)
                .put("columns", 3)
                .put("samplesPerPixel", 1)
                .put("planarConfiguration", 0)
                .put("photometricInterpretation", "MONOCHROME2")
                .put("bitsAllocated", 8)
                .put("bitsStored", 8)
                .put("highBit", 7)
                .put("pixelRepresentation", 0)
                .put("rescaleSlope", 1.0)
                .put("rescaleIntercept", 0.0);
    }

    private static Volumetric how(int leastSlices) {
        return new Volumetric(
                leastSlices,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                new Box(3, 2, 3, 0),
                Optional.empty());
    }
}
