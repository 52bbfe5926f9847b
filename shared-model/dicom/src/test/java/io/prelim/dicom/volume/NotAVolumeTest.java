package io.prelim.dicom.volume;

import static io.prelim.dicom.volume.Series.AXIAL;
import static io.prelim.dicom.volume.Series.CORONAL;
import static io.prelim.dicom.volume.Series.SAGITTAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.volume.GeometryFault.Kind;
import io.prelim.dicom.volume.NotAVolume.Duplicates;
import io.prelim.dicom.volume.NotAVolume.Gaps;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each reason why a series is no volume, with its figures. */
class NotAVolumeTest {
    private static final Vector3 ORIGIN = new Vector3(0, 0, 0);

    @Test
    void nothingAndSingleImages() {
        assertThat(Series.judge(List.of())).isEqualTo(new NotAVolume.TooFewSlices(0, 0, 3));
        assertThat(Series.judge(Series.axial(1, 1))).isEqualTo(new NotAVolume.TooFewSlices(1, 1, 3));
        assertThat(Series.judge(Series.axial(2, 1))).isEqualTo(new NotAVolume.TooFewSlices(2, 2, 3));
    }

    @Test
    void aTimeSeriesOfOneSlice() {
        List<DataSet> headers = Series.each(
                20, Series.axial(1, 1), (header, time) -> header.putInteger(Tag.TEMPORAL_POSITION_IDENTIFIER, time));

        assertThat(Series.judge(headers)).isEqualTo(new NotAVolume.TooFewSlices(20, 1, 3));
    }

    @Test
    void colour() {
        List<DataSet> headers = Series.axial(5, 1);
        headers.get(3).putInteger(Tag.SAMPLES_PER_PIXEL, 3).putString(Tag.PHOTOMETRIC_INTERPRETATION, "RGB");
        assertThat(Series.judge(headers)).isEqualTo(new NotAVolume.Colour(reference(3), 1));

        headers.get(3).putInteger(Tag.SAMPLES_PER_PIXEL, 1).putString(Tag.PHOTOMETRIC_INTERPRETATION, "PALETTE COLOR");
        assertThat(Series.judge(headers)).isEqualTo(new NotAVolume.Colour(reference(3), 1));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {Tag.IMAGE_POSITION_PATIENT, Tag.IMAGE_ORIENTATION_PATIENT, Tag.PIXEL_SPACING, Tag.ROWS, Tag.COLUMNS
            })
    void whatSaysWhereItLiesIsAbsent(int tag) {
        List<DataSet> headers = Series.axial(5, 1);
        headers.get(2).remove(tag);

        assertThat(Series.judge(headers)).isEqualTo(unplaced(tag, Kind.ABSENT));
    }

    @ParameterizedTest
    @CsvSource({
        "'', ABSENT",
        "'NaN\\0\\0\\0\\1\\0', OUT_OF_RANGE",
        "'Infinity\\0\\0\\0\\1\\0', OUT_OF_RANGE",
        "'1E300\\0\\0\\0\\1\\0', OUT_OF_RANGE",
        "'1\\0\\0\\0\\1', NO_NUMBERS",
        "'1\\0\\0\\0\\1\\0\\0', NO_NUMBERS",
        "'1\\0\\0\\0\\one\\0', NO_NUMBERS",
        "'1\\0\\0\\0\\\\0', NO_NUMBERS",
        "'0\\0\\0\\0\\0\\0', NOT_UNIT",
        "'1\\0\\0\\0\\0\\0', NOT_UNIT",
        "'2\\0\\0\\0\\1\\0', NOT_UNIT",
        "'0.998\\0\\0\\0\\1\\0', NOT_UNIT",
        "'1\\0\\0\\1\\0\\0', NOT_ORTHOGONAL",
        "'1\\0\\0\\0.6\\0.8\\0', NOT_ORTHOGONAL",
    })
    void orientationsThatAreNone(String value, Kind kind) {
        List<DataSet> headers = Series.axial(5, 1);
        headers.get(2).putString(Tag.IMAGE_ORIENTATION_PATIENT, value.split("\\\\", -1));

        assertThat(Series.judge(headers)).isEqualTo(unplaced(Tag.IMAGE_ORIENTATION_PATIENT, kind));
    }

    @ParameterizedTest
    @CsvSource({
        "'0\\0\\NaN', OUT_OF_RANGE",
        "'0\\0\\1E7', OUT_OF_RANGE",
        "'0\\0', NO_NUMBERS",
        "'\\\\', ABSENT",
    })
    void positionsThatAreNone(String value, Kind kind) {
        List<DataSet> headers = Series.axial(5, 1);
        headers.get(2).putString(Tag.IMAGE_POSITION_PATIENT, value.split("\\\\", -1));

        assertThat(Series.judge(headers)).isEqualTo(unplaced(Tag.IMAGE_POSITION_PATIENT, kind));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0\\1", "1\\-1", "NaN\\1", "1\\1E-9", "1\\1E9"})
    void spacingsThatAreNone(String value) {
        List<DataSet> headers = Series.axial(5, 1);
        headers.get(2).putString(Tag.PIXEL_SPACING, value.split("\\\\"));

        assertThat(Series.judge(headers)).isEqualTo(unplaced(Tag.PIXEL_SPACING, Kind.OUT_OF_RANGE));
    }

    @Test
    void severalFramesOfReference() {
        List<DataSet> headers = Series.axial(5, 1);
        headers.get(0).remove(Tag.FRAME_OF_REFERENCE_UID);
        assertThat(Series.judge(headers)).isInstanceOf(Volume.class);

        headers.get(1).putString(Tag.FRAME_OF_REFERENCE_UID, "1.2.4");
        assertThat(Series.judge(headers)).isEqualTo(new NotAVolume.FramesOfReferenceDiffer(2));
    }

    @Test
    void localisersAmongAStack() {
        List<DataSet> headers = Series.axial(9, 1);
        headers.add(Series.image("1.2.90", CORONAL, ORIGIN));
        headers.add(Series.image("1.2.91", SAGITTAL, ORIGIN));

        NotAVolume.OrientationsDiffer answer = (NotAVolume.OrientationsDiffer) Series.judge(headers);

        assertThat(answer.orientations()).isEqualTo(3);
        assertThat(answer.others()).containsExactlyInAnyOrder(reference(90), reference(91));
    }

    @Test
    void turnedInItsPlane() {
        List<DataSet> headers = Series.axial(5, 1);
        headers.get(4).putDecimal(Tag.IMAGE_ORIENTATION_PATIENT, -1, 0, 0, 0, -1, 0);

        assertThat(Series.judge(headers)).isEqualTo(new NotAVolume.OrientationsDiffer(2, List.of(reference(4))));
    }

    @Test
    void orientationsWithinAndBeyondTolerance() {
        for (double angle : new double[] {0.0009, 0.0011}) {
            List<DataSet> headers = Series.axial(5, 1);
            headers.get(4).putDecimal(Tag.IMAGE_ORIENTATION_PATIENT, 1, 0, 0, 0, Math.cos(angle), Math.sin(angle));
            assertThat(Series.judge(headers))
                    .isInstanceOf(angle < 0.001 ? Volume.class : NotAVolume.OrientationsDiffer.class);
        }
    }

    @Test
    void planesAboutAnAxis() {
        List<DataSet> headers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            double angle = Math.PI * i / 100;
            headers.add(Series.image("1.2." + i, new double[] {Math.cos(angle), Math.sin(angle), 0, 0, 0, -1}, ORIGIN));
        }

        NotAVolume.Radial answer = (NotAVolume.Radial) Series.judge(headers);

        assertThat(answer.orientations()).isEqualTo(Alike.MOST);
        assertThat(Math.abs(answer.axis().z())).isCloseTo(1, within(1e-9));
    }

    @Test
    void otherRowsColumnsSpacings() {
        List<DataSet> rows = Series.axial(5, 1);
        rows.get(1).putInteger(Tag.ROWS, 5);
        List<DataSet> columns = Series.axial(5, 1);
        columns.get(1).putInteger(Tag.COLUMNS, 5);
        List<DataSet> spacing = Series.axial(5, 1);
        spacing.get(1).putDecimal(Tag.PIXEL_SPACING, 0.501, 0.75);

        assertThat(Series.judge(rows)).isEqualTo(new NotAVolume.SizesDiffer(List.of(reference(1))));
        assertThat(Series.judge(columns)).isEqualTo(new NotAVolume.SizesDiffer(List.of(reference(1))));
        assertThat(Series.judge(spacing)).isEqualTo(new NotAVolume.SpacingsDiffer(List.of(reference(1))));

        spacing.get(1).putDecimal(Tag.PIXEL_SPACING, 0.5004, 0.75);
        assertThat(Series.judge(spacing)).isInstanceOf(Volume.class);
    }

    @Test
    void duplicatesThatNothingTellsApart() {
        List<DataSet> headers = Series.axial(5, 1);
        headers.add(Series.image("1.2.90", AXIAL, new Vector3(-10, -20, -97)));
        headers.add(Series.image("1.2.91", AXIAL, new Vector3(-10, -20, -97.009)));

        Duplicates answer = (Duplicates) Series.judge(headers);

        assertThat(answer.positions()).hasSize(1);
        assertThat(answer.positions().get(0).along()).isCloseTo(-97, within(0.01));
        assertThat(answer.positions().get(0).images())
                .containsExactlyInAnyOrder(reference(3), reference(90), reference(91));
    }

    @Test
    void aGantryTiltedBy15Degrees() {
        double angle = Math.toRadians(15);
        // rows stay level, columns lean, the table still moves along z
        double[] tilted = {1, 0, 0, 0, Math.cos(angle), -Math.sin(angle)};
        List<DataSet> headers = Series.stack(20, tilted, ORIGIN, new Vector3(0, 0, 5));

        NotAVolume.Sheared answer = (NotAVolume.Sheared) Series.judge(headers);

        assertThat(answer.degrees()).isCloseTo(15, within(1e-6));
    }

    @Test
    void aShearOfHalfAPixelOverTheWholeStackIsNone() {
        for (double shift : new double[] {0.24, 0.26}) {
            List<DataSet> headers = Series.stack(31, AXIAL, ORIGIN, new Vector3(shift / 30, 0, 1));
            assertThat(Series.judge(headers)).isInstanceOf(shift < 0.25 ? Volume.class : NotAVolume.Sheared.class);
        }
    }

    @Test
    void positionsBesideTheAxis() {
        List<DataSet> headers = Series.axial(9, 1);
        Series.move(headers.get(4), 0.2, 0, 0);
        assertThat(Series.judge(headers)).isInstanceOf(Volume.class);

        Series.move(headers.get(4), 0.2, 0, 0);
        NotAVolume.OffAxis answer = (NotAVolume.OffAxis) Series.judge(headers);
        assertThat(answer.slice()).isEqualTo(reference(4));
        assertThat(answer.mm()).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void gaps() {
        List<DataSet> headers = Series.axial(12, 2);
        headers.remove(8);
        headers.remove(3);
        headers.remove(3);

        Gaps answer = (Gaps) Series.judge(headers);

        assertThat(answer.median()).isEqualTo(2);
        assertThat(answer.gaps()).containsExactly(new Gaps.Gap(2, 6, 3), new Gaps.Gap(5, 4, 2));
    }

    @Test
    void aGapAmongThreeSlices() {
        List<DataSet> headers = Series.axial(4, 2);
        headers.remove(2);

        assertThat(Series.judge(headers)).isEqualTo(new Gaps(List.of(new Gaps.Gap(1, 4, 2)), 2));
    }

    @Test
    void jitterBeyondATenthOfTheSpacing() {
        List<DataSet> headers = Series.axial(9, 1);
        Series.move(headers.get(4), 0, 0, 0.11);

        NotAVolume.Uneven answer = (NotAVolume.Uneven) Series.judge(headers);

        assertThat(answer.index()).isEqualTo(4);
        assertThat(answer.mm()).isCloseTo(0.11, within(1e-9));
        assertThat(answer.spacing()).isEqualTo(1);
    }

    @Test
    void halfOfAStackAtAnotherSpacing() {
        List<DataSet> headers = Series.axial(100, 1);
        for (int i = 50; i < 100; i++) {
            Series.move(headers.get(i), 0, 0, (i - 49) * 0.2);
        }

        assertThat(Series.judge(headers)).isInstanceOf(NotAVolume.Uneven.class);
    }

    @Test
    void reasonsSayWhatAndWhere() {
        List<DataSet> headers = Series.axial(12, 2);
        headers.remove(3);

        assertThat(((NotAVolume) Series.judge(headers)).reason())
                .isEqualTo("1 gaps, the first after slice 2 of 4.000 mm, 2.00 times the median");
        headers.get(2).remove(Tag.PIXEL_SPACING);
        assertThat(((NotAVolume) Series.judge(headers)).reason())
                .isEqualTo("1 images whose place is not known, the first is 1.2.2: (0028,0030) absent or empty");
    }

    private static SliceReference reference(int image) {
        return new SliceReference("1.2." + image, 1);
    }

    private static NotAVolume unplaced(int tag, Kind kind) {
        return new NotAVolume.NoGeometry(reference(2), new GeometryFault(tag, kind), 1);
    }
}
