package io.prelim.dicom.volume;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;

/** Planes parted by what they have in common. */
final class Alike {
    /** So many parts are told apart; what is like none of them counts with the last. */
    static final int MOST = 64;

    private final List<List<Plane>> parts = new ArrayList<>();

    private Alike() {}

    /** Parts whose planes are each like the first of their part. */
    static Alike of(List<Plane> planes, BiPredicate<PlaneGeometry, PlaneGeometry> like) {
        Alike alike = new Alike();
        planes.forEach(plane -> alike.add(plane, like));
        return alike;
    }

    private void add(Plane plane, BiPredicate<PlaneGeometry, PlaneGeometry> like) {
        for (List<Plane> part : parts) {
            if (like.test(part.get(0).geometry(), plane.geometry())) {
                part.add(plane);
                return;
            }
        }
        if (parts.size() < MOST) {
            parts.add(new ArrayList<>());
        }
        parts.get(parts.size() - 1).add(plane);
    }

    /** One or more, {@link #MOST} at most. */
    List<List<Plane>> parts() {
        return parts;
    }

    boolean all() {
        return parts.size() == 1;
    }

    /** Those not in the largest part. */
    List<SliceReference> others() {
        List<Plane> largest = Collections.max(parts, Comparator.comparingInt(List::size));
        return parts.stream()
                .filter(part -> part != largest)
                .flatMap(List::stream)
                .map(Plane::slice)
                .toList();
    }
}
