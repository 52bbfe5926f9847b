package io.prelim.dicom.volume;

import io.prelim.dicom.volume.NotAVolume.Duplicates.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Parallel planes in the order of their places along the normal, those at one place together. */
final class Positions {
    private final Vector3 normal;
    private final List<List<Plane>> places;

    private Positions(Vector3 normal, List<List<Plane>> places) {
        this.normal = normal;
        this.places = places;
    }

    static Positions of(List<Plane> planes, Vector3 normal) {
        List<Plane> sorted = new ArrayList<>(planes);
        sorted.sort(Comparator.comparingDouble(plane -> plane.geometry().along(normal)));
        List<List<Plane>> places = new ArrayList<>();
        double place = Double.NEGATIVE_INFINITY;
        for (Plane plane : sorted) {
            double along = plane.geometry().along(normal);
            if (along - place > Tolerances.SAME_POSITION) {
                places.add(new ArrayList<>(1));
                place = along;
            }
            places.get(places.size() - 1).add(plane);
        }
        return new Positions(normal, places);
    }

    Vector3 normal() {
        return normal;
    }

    int count() {
        return places.size();
    }

    /** All planes, in order. */
    List<Plane> planes() {
        return places.stream().flatMap(List::stream).toList();
    }

    /** Whether there is one plane at each place. */
    boolean single() {
        return places.stream().allMatch(place -> place.size() == 1);
    }

    /** Whether planes at any one place differ in what is asked for. */
    boolean toldApart(Function<Plane, String> value) {
        return places.stream()
                .anyMatch(place -> place.stream().map(value).distinct().count() > 1);
    }

    List<Position> duplicates() {
        return places.stream()
                .filter(place -> place.size() > 1)
                .map(place -> new Position(
                        place.get(0).geometry().along(normal),
                        place.stream().map(Plane::slice).toList()))
                .toList();
    }
}
