package io.prelim.dicom.volume;

import static io.prelim.dicom.volume.Series.AXIAL;
import static io.prelim.dicom.volume.Series.CORONAL;
import static io.prelim.dicom.volume.Series.OBLIQUE;
import static io.prelim.dicom.volume.Series.SAGITTAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Stacks that are volumes, by exact numbers. */
class StackingTest {
    private static final double EXACT = 1e-9;

    @Test
    void axialFromFeetToHead() {
        Volume volume = (Volume) Series.judge(Series.axial(5, 2.5));

        assertThat(volume.rows()).isEqualTo(4);
        assertThat(volume.columns()).isEqualTo(6);
        assertThat(volume.slices()).isEqualTo(Series.references(5));
        assertThat(volume.rowSpacing()).isEqualTo(0.5);
        assertThat(volume.columnSpacing()).isEqualTo(0.75);
        assertThat(volume.sliceSpacing()).isEqualTo(2.5);
        assertThat(volume.row()).isEqualTo(new Vector3(1, 0, 0));
        assertThat(volume.column()).isEqualTo(new Vector3(0, 1, 0));
        assertThat(volume.normal()).isEqualTo(new Vector3(0, 0, 1));
        assertThat(volume.origin()).isEqualTo(new Vector3(-10, -20, -100));
        assertThat(volume.contradictedSpacing()).isEmpty();
        assertThat(volume.frameOfReferenceUid()).isEqualTo("1.2.3");
        assertThat(volume.affine()).isDeepEqualTo(new double[][] {
            {0.75, 0, 0, -10},
            {0, 0.5, 0, -20},
            {0, 0, 2.5, -100},
            {0, 0, 0, 1}
        });
        // two columns, one row, three slices on
        assertThat(volume.position(2, 1, 3)).isEqualTo(new Vector3(-8.5, -19.5, -92.5));
    }

    @Test
    void fromHeadToFeetSlicesStillGoAlongTheNormal() {
        Volume volume =
                (Volume) Series.judge(Series.stack(5, AXIAL, new Vector3(-10, -20, -90), new Vector3(0, 0, -2.5)));

        List<SliceReference> upwards = new ArrayList<>(Series.references(5));
        Collections.reverse(upwards);
        assertThat(volume.slices()).isEqualTo(upwards);
        assertThat(volume.origin()).isEqualTo(new Vector3(-10, -20, -100));
        assertThat(volume.sliceSpacing()).isEqualTo(2.5);
    }

    @Test
    void coronalFromFrontToBack() {
        Volume volume = (Volume) Series.judge(Series.stack(4, CORONAL, new Vector3(-10, 5, 50), new Vector3(0, 3, 0)));

        assertThat(volume.slices()).isEqualTo(Series.references(4));
        assertThat(volume.normal()).isEqualTo(new Vector3(0, 1, 0));
        assertThat(volume.affine()).isDeepEqualTo(new double[][] {
            {0.75, 0, 0, -10},
            {0, 0, 3, 5},
            {0, -0.5, 0, 50},
            {0, 0, 0, 1}
        });
    }

    @Test
    void sagittalFromLeftToRight() {
        Volume volume =
                (Volume) Series.judge(Series.stack(4, SAGITTAL, new Vector3(30, -20, 50), new Vector3(-1.5, 0, 0)));

        assertThat(volume.slices()).isEqualTo(Series.references(4));
        assertThat(volume.normal()).isEqualTo(new Vector3(-1, 0, 0));
        assertThat(volume.affine()).isDeepEqualTo(new double[][] {
            {0, 0, -1.5, 30},
            {0.75, 0, 0, -20},
            {0, -0.5, 0, 50},
            {0, 0, 0, 1}
        });
    }

    @Test
    void oblique() {
        // the normal of OBLIQUE, by hand
        Vector3 normal = new Vector3(0.48, -0.64, 0.6);
        Volume volume = (Volume) Series.judge(Series.stack(4, OBLIQUE, new Vector3(1, 2, 3), normal.times(1.25)));

        assertThat(volume.slices()).isEqualTo(Series.references(4));
        assertThat(volume.sliceSpacing()).isCloseTo(1.25, within(EXACT));
        assertNear(volume.normal(), normal);
        assertNear(volume.origin(), new Vector3(1, 2, 3));
        assertNear(volume.position(1, 0, 0), new Vector3(1.6, 2.45, 3));
        assertNear(volume.position(0, 1, 0), new Vector3(0.82, 2.24, 3.4));
        assertNear(volume.position(0, 0, 1), new Vector3(1.6, 1.2, 3.75));
    }

    @Test
    void cosinesThatWereRoundedAreMadeRightAngles() {
        double[] rounded = {0.866, 0.5, 0, -0.5, 0.866, 0};
        Volume volume = (Volume) Series.judge(Series.stack(3, rounded, new Vector3(0, 0, 0), new Vector3(0, 0, 1)));

        assertThat(volume.row().length()).isCloseTo(1, within(EXACT));
        assertThat(volume.column().length()).isCloseTo(1, within(EXACT));
        assertThat(volume.row().dot(volume.column())).isCloseTo(0, within(EXACT));
    }

    @Test
    void spacingIsOfPositionsAndWhatContradictsItIsTold() {
        List<DataSet> headers = Series.axial(5, 2.5);
        headers.forEach(
                header -> header.putDecimal(Tag.SLICE_THICKNESS, 5).putDecimal(Tag.SPACING_BETWEEN_SLICES, 2.5));
        assertThat(((Volume) Series.judge(headers)).contradictedSpacing()).isEmpty();

        headers.forEach(header -> header.putDecimal(Tag.SPACING_BETWEEN_SLICES, 5));
        Volume volume = (Volume) Series.judge(headers);

        assertThat(volume.sliceSpacing()).isEqualTo(2.5);
        assertThat(volume.contradictedSpacing()).isEqualTo(OptionalDouble.of(5));
    }

    @Test
    void aSpacingThatCountsAgainstTheNormalContradictsNothing() {
        List<DataSet> headers = Series.axial(5, 2.5);
        headers.forEach(header -> header.putDecimal(Tag.SPACING_BETWEEN_SLICES, -2.5));

        assertThat(((Volume) Series.judge(headers)).contradictedSpacing()).isEmpty();
    }

    @Test
    void jitterWithinATenthOfTheSpacing() {
        List<DataSet> headers = Series.axial(9, 1);
        Series.move(headers.get(4), 0, 0, 0.095);

        Volume volume = (Volume) Series.judge(headers);

        assertThat(volume.sliceSpacing()).isEqualTo(1);
    }

    @Test
    void positionsWrittenWithOneDecimal() {
        List<DataSet> headers = new ArrayList<>();
        for (int i = 0; i < 33; i++) {
            headers.add(Series.image("1.2." + i, AXIAL, new Vector3(0, 0, Math.round(i * 0.625 * 10) / 10.0)));
        }

        assertThat(((Volume) Series.judge(headers)).sliceSpacing()).isCloseTo(0.625, within(EXACT));
    }

    @Test
    void acquisitionsThatCountOnWithinAStackDoNotSplitIt() {
        List<DataSet> headers = Series.axial(9, 1.25);
        for (int i = 0; i < headers.size(); i++) {
            headers.get(i).putInteger(Tag.ACQUISITION_NUMBER, i / 4);
        }

        assertThat(((Volume) Series.judge(headers)).slices()).hasSize(9);
    }

    @Test
    void threeThousandSlices() {
        Volume volume = (Volume) Series.judge(Series.axial(3000, 0.3));

        assertThat(volume.slices()).isEqualTo(Series.references(3000));
        assertThat(volume.sliceSpacing()).isCloseTo(0.3, within(EXACT));
        assertNear(volume.position(0, 0, 2999), new Vector3(-10, -20, -100 + 2999 * 0.3));
    }

    @Test
    void twoSlicesWhereTheCallerWantsNoMore() {
        List<Plane> planes = Series.axial(2, 3).stream()
                .flatMap(header -> Plane.of(header).stream())
                .toList();

        assertThat(((Volume) Stacking.of(planes, 2)).sliceSpacing()).isEqualTo(3);
        assertThatThrownBy(() -> Stacking.of(planes, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertNear(Vector3 actual, Vector3 expected) {
        assertThat(actual.minus(expected).length())
                .as("%s, %s expected", actual, expected)
                .isLessThan(EXACT);
    }
}
