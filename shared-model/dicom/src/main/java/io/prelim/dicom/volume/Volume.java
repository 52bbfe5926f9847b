package io.prelim.dicom.volume;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A regular grid of voxels with right angles. Of each slice's true position, the grid's is off by no more than {@link Tolerances} says.
 *
 * @param rows 1 to 65535
 * @param columns 1 to 65535
 * @param slices where the samples are, by their place along the normal, two or more
 * @param rowSpacing mm from the centre of a row to the next
 * @param columnSpacing mm from the centre of a column to the next
 * @param sliceSpacing mm from the centre of a slice to the next: of their positions, not of any thickness
 * @param row direction in which the column index grows, of length 1, LPS
 * @param column direction in which the row index grows, of length 1, LPS
 * @param normal row × column, the direction in which the slice index grows
 * @param origin centre of the first voxel of the first slice, mm, LPS
 * @param contradictedSpacing what Spacing Between Slices (0018,0088) says, mm, where positions say otherwise
 * @param frameOfReferenceUid empty where no image has one
 */
public record Volume(
        int rows,
        int columns,
        List<SliceReference> slices,
        double rowSpacing,
        double columnSpacing,
        double sliceSpacing,
        Vector3 row,
        Vector3 column,
        Vector3 normal,
        Vector3 origin,
        OptionalDouble contradictedSpacing,
        String frameOfReferenceUid)
        implements Stacking {
    public Volume {
        slices = List.copyOf(slices);
    }

    /**
     * Where a voxel's centre lies in the patient, mm, LPS (PS3.3 equation C.7.6.2.1-1, with slices); between voxels too.
     *
     * @param columnIndex from 0, to the right of the image
     * @param rowIndex from 0, downwards
     * @param slice from 0, along the normal
     */
    public Vector3 position(double columnIndex, double rowIndex, double slice) {
        return origin.plus(row.times(columnIndex * columnSpacing))
                .plus(column.times(rowIndex * rowSpacing))
                .plus(normal.times(slice * sliceSpacing));
    }

    /**
     * The matrix from (column index, row index, slice, 1) to (x, y, z, 1) in the patient, mm, LPS: four rows of four. With the signs of
     * the first two rows turned it is that of NIfTI, RAS.
     */
    public double[][] affine() {
        Vector3 i = row.times(columnSpacing);
        Vector3 j = column.times(rowSpacing);
        Vector3 k = normal.times(sliceSpacing);
        return new double[][] {
            {i.x(), j.x(), k.x(), origin.x()},
            {i.y(), j.y(), k.y(), origin.y()},
            {i.z(), j.z(), k.z(), origin.z()},
            {0, 0, 0, 1}
        };
    }
}
