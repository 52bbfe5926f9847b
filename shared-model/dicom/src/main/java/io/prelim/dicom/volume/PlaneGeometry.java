package io.prelim.dicom.volume;

import java.util.OptionalDouble;

/**
 * Where an image plane lies and how large its pixels are.
 *
 * @param rows 1 to 65535
 * @param columns 1 to 65535
 * @param rowSpacing mm between the centres of neighbouring rows, above zero
 * @param columnSpacing mm between the centres of neighbouring columns, above zero
 * @param row direction in which a row's column index grows, of length 1
 * @param column direction in which a column's row index grows, of length 1 and at a right angle to row
 * @param position centre of the top left pixel, mm
 * @param statedSpacing Spacing Between Slices (0018,0088) in mm, where there is one
 * @param frameOfReferenceUid empty where there is none
 */
public record PlaneGeometry(
        int rows,
        int columns,
        double rowSpacing,
        double columnSpacing,
        Vector3 row,
        Vector3 column,
        Vector3 position,
        OptionalDouble statedSpacing,
        String frameOfReferenceUid) {

    /** The direction of row × column. */
    public Vector3 normal() {
        return row.cross(column);
    }

    /** Place along the normal, mm. */
    double along(Vector3 normal) {
        return position.dot(normal);
    }

    boolean sameOrientation(PlaneGeometry other) {
        return row.minus(other.row).length() <= Tolerances.ORIENTATION
                && column.minus(other.column).length() <= Tolerances.ORIENTATION;
    }

    boolean sameSize(PlaneGeometry other) {
        return rows == other.rows && columns == other.columns;
    }

    boolean sameSpacing(PlaneGeometry other) {
        return near(rowSpacing, other.rowSpacing) && near(columnSpacing, other.columnSpacing);
    }

    private static boolean near(double one, double other) {
        return Math.abs(one - other) <= Tolerances.PIXEL_SPACING * Math.max(one, other);
    }
}
