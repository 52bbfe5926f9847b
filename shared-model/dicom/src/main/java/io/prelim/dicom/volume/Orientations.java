package io.prelim.dicom.volume;

import java.util.List;

/** Whether planes are parallel, and if not, how they lie to each other. */
final class Orientations {
    /** From three on planes about an axis are told from a pair of localisers, which always have one in common. */
    private static final int LEAST_RADIAL = 3;

    private Orientations() {}

    /** Null where all are parallel and turned alike. */
    static NotAVolume judge(List<Plane> planes) {
        Alike alike = Alike.of(planes, PlaneGeometry::sameOrientation);
        if (alike.all()) {
            return null;
        }
        Vector3 axis = axis(alike.parts());
        return axis == null
                ? new NotAVolume.OrientationsDiffer(alike.parts().size(), alike.others())
                : new NotAVolume.Radial(axis, alike.parts().size());
    }

    /** What all planes turn about; null where there is no such axis, or too few of them to say so. */
    private static Vector3 axis(List<List<Plane>> parts) {
        Vector3 first = parts.get(0).get(0).geometry().normal();
        Vector3 axis = new Vector3(0, 0, 0);
        int directions = 1;
        for (List<Plane> part : parts) {
            Vector3 across = first.cross(part.get(0).geometry().normal());
            // more than what counts as parallel
            if (across.length() > Tolerances.ORIENTATION) {
                directions++;
            }
            if (across.length() > axis.length()) {
                axis = across;
            }
        }
        if (directions < LEAST_RADIAL) {
            return null;
        }
        Vector3 unit = axis.unit();
        boolean common = parts.stream()
                .flatMap(List::stream)
                .allMatch(plane -> Math.abs(plane.geometry().normal().dot(unit)) <= Tolerances.COSINES);
        return common ? unit : null;
    }
}
