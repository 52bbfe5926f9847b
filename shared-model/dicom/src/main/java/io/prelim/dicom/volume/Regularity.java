package io.prelim.dicom.volume;

import io.prelim.dicom.volume.NotAVolume.Gaps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Whether planes, parallel and each at a place of its own, are the slices of a regular grid. */
final class Regularity {
    private final List<Plane> planes;
    private final Vector3 normal;
    private final PlaneGeometry first;
    private final Vector3 span;
    private final double[] along;

    private Regularity(List<Plane> planes, Vector3 normal) {
        this.planes = planes;
        this.normal = normal;
        this.first = planes.get(0).geometry();
        this.span = planes.get(planes.size() - 1).geometry().position().minus(first.position());
        this.along = planes.stream()
                .mapToDouble(plane -> plane.geometry().along(normal))
                .toArray();
    }

    /**
     * A volume, or why it is none.
     *
     * @param planes two or more, in the order of their places along the normal
     */
    static Stacking judge(List<Plane> planes, Vector3 normal) {
        Regularity regularity = new Regularity(planes, normal);
        NotAVolume beside = regularity.beside();
        NotAVolume apart = beside == null ? regularity.apart() : beside;
        return apart == null ? regularity.volume() : apart;
    }

    /** The part of a way that does not go along the normal. */
    private Vector3 across(Vector3 way) {
        return way.minus(normal.times(way.dot(normal)));
    }

    private double allowed() {
        return Tolerances.LATERAL * Math.min(first.rowSpacing(), first.columnSpacing());
    }

    /** Whether positions move to the side, and if so, all alike. */
    private NotAVolume beside() {
        double tilt = Math.toDegrees(Math.atan2(across(span).length(), span.dot(normal)));
        double farthest = 0;
        double offLine = 0;
        int worst = 0;
        for (int i = 0; i < along.length; i++) {
            Vector3 way = planes.get(i).geometry().position().minus(first.position());
            Vector3 line = span.times((along[i] - along[0]) / (along[along.length - 1] - along[0]));
            farthest = Math.max(farthest, across(way).length());
            double off = across(way.minus(line)).length();
            if (off > offLine) {
                offLine = off;
                worst = i;
            }
        }
        if (offLine > allowed()) {
            return new NotAVolume.OffAxis(planes.get(worst).slice(), offLine);
        }
        return farthest > allowed() || tilt > Tolerances.TILT_DEGREES ? new NotAVolume.Sheared(tilt) : null;
    }

    private double spacing() {
        return (along[along.length - 1] - along[0]) / (along.length - 1);
    }

    private NotAVolume apart() {
        double[] distances = new double[along.length - 1];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = along[i + 1] - along[i];
        }
        double median = median(distances);
        List<Gaps.Gap> gaps = new ArrayList<>();
        for (int i = 0; i < distances.length; i++) {
            if (distances[i] >= Tolerances.GAP * median) {
                gaps.add(new Gaps.Gap(i, distances[i], distances[i] / median));
            }
        }
        if (!gaps.isEmpty()) {
            return new Gaps(gaps, median);
        }
        int worst = 0;
        for (int i = 0; i < along.length; i++) {
            worst = off(i) > off(worst) ? i : worst;
        }
        return off(worst) > Tolerances.SLICE_SPACING * spacing()
                ? new NotAVolume.Uneven(worst, off(worst), spacing())
                : null;
    }

    private double off(int slice) {
        return Math.abs(along[slice] - along[0] - slice * spacing());
    }

    /** Of an even number the lower one of the middle: a gap among few distances does not raise it. */
    private static double median(double[] distances) {
        double[] sorted = distances.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
    }

    private Volume volume() {
        double spacing = spacing();
        OptionalDouble contradicted = planes.stream()
                .map(plane -> plane.geometry().statedSpacing())
                .filter(stated -> stated.isPresent()
                        // negative where it counts against the normal (PS3.3 section C.8.4.15)
                        && Math.abs(Math.abs(stated.getAsDouble()) - spacing) > Tolerances.SLICE_SPACING * spacing)
                .findFirst()
                .orElse(OptionalDouble.empty());
        String frameOfReference = planes.stream()
                .map(plane -> plane.geometry().frameOfReferenceUid())
                .filter(uid -> !uid.isEmpty())
                .findFirst()
                .orElse("");
        return new Volume(
                first.rows(),
                first.columns(),
                planes.stream().map(Plane::slice).toList(),
                first.rowSpacing(),
                first.columnSpacing(),
                spacing,
                first.row(),
                first.column(),
                first.normal(),
                first.position(),
                contradicted,
                frameOfReference);
    }
}
