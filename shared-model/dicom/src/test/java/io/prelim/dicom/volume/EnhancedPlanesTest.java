package io.prelim.dicom.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.Images;
import io.prelim.dicom.volume.GeometryFault.Kind;
import io.prelim.dicom.volume.SeveralStacks.Key;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Planes of multi-frame objects, by their functional groups. */
class EnhancedPlanesTest {
    private static final int SEGMENT_NUMBER = Tag.of(0x0062, 0x000B);

    /** What all frames share: axial, 0.5 by 0.75 mm. */
    private static DataSet shared() {
        return new DataSet()
                .putSequence(
                        Tag.PLANE_ORIENTATION_SEQUENCE,
                        new DataSet().putDecimal(Tag.IMAGE_ORIENTATION_PATIENT, Series.AXIAL))
                .putSequence(
                        Tag.PIXEL_MEASURES_SEQUENCE,
                        new DataSet().putDecimal(Tag.PIXEL_SPACING, 0.5, 0.75).putDecimal(Tag.SLICE_THICKNESS, 9));
    }

    private static DataSet frame(double z) {
        return new DataSet()
                .putSequence(
                        Tag.PLANE_POSITION_SEQUENCE, new DataSet().putDecimal(Tag.IMAGE_POSITION_PATIENT, -10, -20, z));
    }

    private static DataSet image(String uid, List<DataSet> frames) {
        return Images.grey(Series.ROWS, Series.COLUMNS, 16)
                .putString(Tag.SOP_INSTANCE_UID, uid)
                .putString(Tag.FRAME_OF_REFERENCE_UID, "1.2.3")
                .putInteger(Tag.NUMBER_OF_FRAMES, frames.size())
                .putSequence(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, shared())
                .putSequence(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, frames.toArray(DataSet[]::new));
    }

    @Test
    void framesInAnyOrder() {
        Volume volume = (Volume) Series.judge(List.of(image("1.2.0", List.of(frame(3), frame(0), frame(1.5)))));

        assertThat(volume.slices())
                .containsExactly(
                        new SliceReference("1.2.0", 2), new SliceReference("1.2.0", 3), new SliceReference("1.2.0", 1));
        assertThat(volume.sliceSpacing()).isEqualTo(1.5);
        assertThat(volume.affine()).isDeepEqualTo(new double[][] {
            {0.75, 0, 0, -10},
            {0, 0.5, 0, -20},
            {0, 0, 1.5, 0},
            {0, 0, 0, 1}
        });
    }

    @Test
    void aVolumeOverTwoObjects() {
        Volume volume = (Volume) Series.judge(
                List.of(image("1.2.0", List.of(frame(0), frame(1))), image("1.2.1", List.of(frame(2), frame(3)))));

        assertThat(volume.slices())
                .containsExactly(
                        new SliceReference("1.2.0", 1),
                        new SliceReference("1.2.0", 2),
                        new SliceReference("1.2.1", 1),
                        new SliceReference("1.2.1", 2));
    }

    @Test
    void aFramesOwnGroupStandsBeforeTheSharedOne() {
        List<DataSet> frames = List.of(frame(0), frame(1), frame(2), frame(3));
        frames.get(2).putSequence(Tag.PIXEL_MEASURES_SEQUENCE, new DataSet().putDecimal(Tag.PIXEL_SPACING, 0.25, 0.25));

        assertThat(Series.judge(List.of(image("1.2.0", frames))))
                .isEqualTo(new NotAVolume.SpacingsDiffer(List.of(new SliceReference("1.2.0", 3))));
    }

    @Test
    void namedStacksOfTheirOwnOrientations() {
        List<DataSet> frames = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            frames.add(frame(i * 2).putSequence(Tag.FRAME_CONTENT_SEQUENCE, stack("axial")));
            frames.add(new DataSet()
                    .putSequence(Tag.FRAME_CONTENT_SEQUENCE, stack("coronal"))
                    .putSequence(
                            Tag.PLANE_ORIENTATION_SEQUENCE,
                            new DataSet().putDecimal(Tag.IMAGE_ORIENTATION_PATIENT, Series.CORONAL))
                    .putSequence(
                            Tag.PLANE_POSITION_SEQUENCE,
                            new DataSet().putDecimal(Tag.IMAGE_POSITION_PATIENT, 0, i * 3, 0)));
        }

        SeveralStacks answer = (SeveralStacks) Series.judge(List.of(image("1.2.0", frames)));

        assertThat(answer.stacks().stream().map(SeveralStacks.Stack::keys))
                .containsExactly(List.of(new Key(Tag.STACK_ID, "axial")), List.of(new Key(Tag.STACK_ID, "coronal")));
        assertThat(answer.volumes().stream().map(Volume::sliceSpacing)).containsExactly(2.0, 3.0);
    }

    private static DataSet stack(String id) {
        return new DataSet().putString(Tag.STACK_ID, id);
    }

    @Test
    void timesWithinAStackAndEchoesWithinTimes() {
        List<DataSet> frames = new ArrayList<>();
        for (int i = 0; i < 3 * 2 * 2; i++) {
            int slice = i / 4;
            frames.add(frame(slice)
                    .putSequence(
                            Tag.FRAME_CONTENT_SEQUENCE,
                            stack("1").putInteger(Tag.TEMPORAL_POSITION_INDEX, i / 2 % 2 + 1))
                    .putSequence(
                            Tag.MR_ECHO_SEQUENCE, new DataSet().putDecimal(Tag.EFFECTIVE_ECHO_TIME, 10 + i % 2 * 80)));
        }

        SeveralStacks answer = (SeveralStacks) Series.judge(List.of(image("1.2.0", frames)));

        assertThat(answer.volumes()).hasSize(4);
        assertThat(answer.stacks().get(1).keys())
                .containsExactly(new Key(Tag.TEMPORAL_POSITION_INDEX, "1"), new Key(Tag.ECHO_TIME, "90"));
        assertThat(((Volume) answer.stacks().get(1).answer()).slices())
                .containsExactly(
                        new SliceReference("1.2.0", 2),
                        new SliceReference("1.2.0", 6),
                        new SliceReference("1.2.0", 10));
    }

    @Test
    void aDimensionThatIsNoneOfTheKnown() {
        List<DataSet> frames = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int slice = i / 2;
            frames.add(frame(slice)
                    .putSequence(
                            Tag.FRAME_CONTENT_SEQUENCE,
                            new DataSet().putInteger(Tag.DIMENSION_INDEX_VALUES, i % 2 + 1, i / 2 + 1)));
        }
        DataSet image = image("1.2.0", frames)
                .putSequence(
                        Tag.DIMENSION_INDEX_SEQUENCE, dimension(SEGMENT_NUMBER), dimension(Tag.IMAGE_POSITION_PATIENT));

        SeveralStacks answer = (SeveralStacks) Series.judge(List.of(image));

        assertThat(answer.stacks().stream().map(SeveralStacks.Stack::keys))
                .containsExactly(List.of(new Key(SEGMENT_NUMBER, "1")), List.of(new Key(SEGMENT_NUMBER, "2")));
        assertThat(answer.volumes()).hasSize(2);
    }

    private static DataSet dimension(int tag) {
        return new DataSet().putInteger(Tag.DIMENSION_INDEX_POINTER, tag);
    }

    @Test
    void stacksOfOneFrameEach() {
        List<DataSet> frames = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            frames.add(frame(i).putSequence(Tag.FRAME_CONTENT_SEQUENCE, stack("only " + i)));
        }

        assertThat(Series.judge(List.of(image("1.2.0", frames)))).isInstanceOf(Volume.class);
    }

    @Test
    void framesWithoutGroups() {
        DataSet image =
                Series.image("1.2.0", Series.AXIAL, new Vector3(0, 0, 0)).putInteger(Tag.NUMBER_OF_FRAMES, 10);

        assertThat(Plane.of(image))
                .extracting(Plane::fault)
                .containsExactly(new GeometryFault(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, Kind.ABSENT));
    }

    @Test
    void otherFramesThanGroups() {
        DataSet image =
                image("1.2.0", List.of(frame(0), frame(1), frame(2))).putInteger(Tag.NUMBER_OF_FRAMES, 2_000_000_000);

        assertThat(Series.judge(List.of(image))).isInstanceOfSatisfying(NotAVolume.NoGeometry.class, answer -> {
            assertThat(answer.fault()).isEqualTo(new GeometryFault(Tag.NUMBER_OF_FRAMES, Kind.OTHER_COUNT));
            assertThat(answer.images()).isEqualTo(3);
        });
    }

    @Test
    void aFrameWithoutPosition() {
        DataSet image = image("1.2.0", List.of(frame(0), new DataSet(), frame(2)));

        assertThat(Series.judge(List.of(image)))
                .isEqualTo(new NotAVolume.NoGeometry(
                        new SliceReference("1.2.0", 2), new GeometryFault(Tag.IMAGE_POSITION_PATIENT, Kind.ABSENT), 1));
    }
}
