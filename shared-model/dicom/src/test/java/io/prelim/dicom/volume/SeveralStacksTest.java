package io.prelim.dicom.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.volume.SeveralStacks.Key;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Series of more than one stack of single images: what they are parted by, and each part's answer. */
class SeveralStacksTest {
    @Test
    void twoEchoes() {
        List<DataSet> headers = Series.each(
                2,
                Series.axial(5, 2),
                (header, echo) ->
                        header.putInteger(Tag.ECHO_NUMBERS, echo + 1).putDecimal(Tag.ECHO_TIME, 2.3 * (echo + 1)));

        SeveralStacks answer = (SeveralStacks) Series.judge(headers);

        assertThat(answer.stacks().stream().map(SeveralStacks.Stack::keys))
                .containsExactly(List.of(new Key(Tag.ECHO_NUMBERS, "1")), List.of(new Key(Tag.ECHO_NUMBERS, "2")));
        assertThat(answer.volumes()).hasSize(2);
        assertThat(answer.volumes().get(1).slices())
                .containsExactly(
                        new SliceReference("1.2.0.2", 1),
                        new SliceReference("1.2.1.2", 1),
                        new SliceReference("1.2.2.2", 1),
                        new SliceReference("1.2.3.2", 1),
                        new SliceReference("1.2.4.2", 1));
    }

    @Test
    void aSecondEchoWithAGap() {
        List<DataSet> headers =
                Series.each(2, Series.axial(7, 2), (header, echo) -> header.putInteger(Tag.ECHO_NUMBERS, echo + 1));
        headers.remove(10);

        SeveralStacks answer = (SeveralStacks) Series.judge(headers);

        assertThat(answer.volumes()).hasSize(1);
        assertThat(answer.stacks().get(1).answer())
                .isEqualTo(new NotAVolume.Gaps(List.of(new NotAVolume.Gaps.Gap(2, 4, 2)), 2));
    }

    @Test
    void timesGoByNumber() {
        List<DataSet> headers = Series.each(
                12,
                Series.axial(3, 2),
                (header, time) -> header.putInteger(Tag.TEMPORAL_POSITION_IDENTIFIER, time + 1));

        SeveralStacks answer = (SeveralStacks) Series.judge(headers);

        assertThat(answer.volumes()).hasSize(12);
        assertThat(answer.stacks().get(9).keys()).containsExactly(new Key(Tag.TEMPORAL_POSITION_INDEX, "10"));
    }

    @Test
    void aDynamicPet() {
        List<DataSet> headers = Series.each(
                3, Series.axial(4, 2), (header, time) -> header.putDecimal(Tag.FRAME_REFERENCE_TIME, 5000 * time));

        SeveralStacks answer = (SeveralStacks) Series.judge(headers);

        assertThat(answer.stacks().get(2).keys()).containsExactly(new Key(Tag.FRAME_REFERENCE_TIME, "10000"));
        assertThat(answer.volumes()).hasSize(3);
    }

    @Test
    void bValuesAndTheirDirections() {
        List<DataSet> stack = Series.axial(4, 2);
        List<DataSet> headers = Series.each(1, stack, (header, none) -> header.putDecimal(Tag.DIFFUSION_B_VALUE, 0));
        headers.addAll(Series.each(
                3,
                stack,
                (header, axis) -> header.putString(Tag.SOP_INSTANCE_UID, header.string(Tag.SOP_INSTANCE_UID) + ".1000")
                        .putDecimal(Tag.DIFFUSION_B_VALUE, 1000)
                        .putDecimal(
                                Tag.DIFFUSION_GRADIENT_ORIENTATION,
                                axis == 0 ? 1 : 0,
                                axis == 1 ? 1 : 0,
                                axis == 2 ? 1 : 0)));

        SeveralStacks answer = (SeveralStacks) Series.judge(headers);

        assertThat(answer.volumes()).hasSize(4);
        assertThat(answer.stacks().get(0).keys()).containsExactly(new Key(Tag.DIFFUSION_B_VALUE, "0"));
        assertThat(answer.stacks().stream().skip(1).map(SeveralStacks.Stack::keys))
                .containsExactlyInAnyOrder(direction("1\\0\\0"), direction("0\\1\\0"), direction("0\\0\\1"));
    }

    private static List<Key> direction(String value) {
        return List.of(new Key(Tag.DIFFUSION_B_VALUE, "1000"), new Key(Tag.DIFFUSION_GRADIENT_ORIENTATION, value));
    }

    @Test
    void cardiacPhases() {
        List<DataSet> headers = Series.each(
                4, Series.axial(6, 8), (header, phase) -> header.putDecimal(Tag.TRIGGER_TIME, phase * 31.5));

        SeveralStacks answer = (SeveralStacks) Series.judge(headers);

        assertThat(answer.volumes()).hasSize(4);
        assertThat(answer.stacks().get(3).keys())
                .containsExactly(new Key(Tag.NOMINAL_CARDIAC_TRIGGER_DELAY_TIME, "94.5"));
    }

    @Test
    void magnitudeAndPhaseByImageType() {
        List<DataSet> headers = Series.each(
                2,
                Series.axial(4, 2),
                (header, part) -> header.putString(Tag.IMAGE_TYPE, "ORIGINAL", "PRIMARY", part == 0 ? "M" : "P"));

        SeveralStacks answer = (SeveralStacks) Series.judge(headers);

        assertThat(answer.stacks().get(0).keys()).containsExactly(new Key(Tag.IMAGE_TYPE, "ORIGINAL\\PRIMARY\\M"));
        assertThat(answer.volumes()).hasSize(2);
    }

    @Test
    void acquisitionsThatOverlap() {
        List<DataSet> headers = new ArrayList<>(Series.axial(6, 2));
        headers.forEach(header -> header.putInteger(Tag.ACQUISITION_NUMBER, 1));
        headers.addAll(Series.each(
                1, Series.axial(9, 2).subList(4, 9), (header, one) -> header.putInteger(Tag.ACQUISITION_NUMBER, 2)));

        SeveralStacks answer = (SeveralStacks) Series.judge(headers);

        assertThat(answer.volumes().stream().map(volume -> volume.slices().size()))
                .containsExactly(6, 5);
    }

    @Test
    void whatLeavesFragmentsIsNoKey() {
        // every image was triggered at a time of its own: no phase has a stack
        List<DataSet> headers = Series.each(
                2,
                Series.axial(5, 2),
                (header, phase) ->
                        header.putDecimal(Tag.TRIGGER_TIME, phase * 100 + header.integer(Tag.INSTANCE_NUMBER, 0)));

        assertThat(((NotAVolume.Duplicates) Series.judge(headers)).positions()).hasSize(5);
    }

    @Test
    void oneImageOfAnotherEchoIsADuplicate() {
        List<DataSet> headers = Series.axial(5, 2);
        headers.forEach(header -> header.putInteger(Tag.ECHO_NUMBERS, 1));
        headers.addAll(Series.each(1, headers.subList(2, 3), (header, one) -> header.putInteger(Tag.ECHO_NUMBERS, 2)));

        assertThat(Series.judge(headers)).isInstanceOf(NotAVolume.Duplicates.class);
    }

    @Test
    void stacksThatAreNoneAreNotSeveral() {
        List<DataSet> headers =
                Series.each(2, Series.axial(5, 2), (header, echo) -> header.putInteger(Tag.ECHO_NUMBERS, echo + 1));
        headers.remove(7);
        headers.remove(2);

        assertThat(Series.judge(headers)).isInstanceOf(NotAVolume.Duplicates.class);
    }
}
