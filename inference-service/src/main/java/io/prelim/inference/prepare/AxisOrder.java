package io.prelim.inference.prepare;

import io.prelim.dicom.volume.Vector3;
import io.prelim.dicom.volume.Volume;
import io.prelim.inference.model.Preparation.Orientation;
import io.prelim.inference.model.Preparation.Towards;
import java.util.Arrays;
import java.util.List;

/**
 * Which axis of a volume as acquired (0 column index, 1 row index, 2 slice index) is the tensor's width, height and depth, and which run
 * the other way.
 *
 * @param source  by width, height, depth: the acquired axis
 * @param flipped by width, height, depth: whether it runs the other way
 */
record AxisOrder(List<Integer> source, List<Boolean> flipped) {
    static final int AXES = 3;

    /** Width, height and depth are columns, rows and slices, as they were acquired. */
    static final AxisOrder ACQUIRED = new AxisOrder(List.of(0, 1, 2), List.of(false, false, false));

    AxisOrder {
        source = List.copyOf(source);
        flipped = List.copyOf(flipped);
    }

    /** Each axis to the one that lies nearest, the nearest pair first, so that no axis is taken twice. */
    static AxisOrder of(Volume volume, Orientation orientation) {
        List<Vector3> acquired = List.of(volume.row(), volume.column(), volume.normal());
        List<Vector3> wanted = List.of(
                direction(orientation.width()), direction(orientation.height()), direction(orientation.depth()));
        Integer[] source = new Integer[AXES];
        Boolean[] flipped = new Boolean[AXES];
        boolean[] taken = new boolean[AXES];
        for (int round = 0; round < AXES; round++) {
            int axis = -1;
            int from = -1;
            double nearest = -1;
            for (int i = 0; i < AXES * AXES; i++) {
                double along = Math.abs(wanted.get(i / AXES).dot(acquired.get(i % AXES)));
                if (source[i / AXES] == null && !taken[i % AXES] && along > nearest) {
                    axis = i / AXES;
                    from = i % AXES;
                    nearest = along;
                }
            }
            source[axis] = from;
            flipped[axis] = wanted.get(axis).dot(acquired.get(from)) < 0;
            taken[from] = true;
        }
        return new AxisOrder(Arrays.asList(source), Arrays.asList(flipped));
    }

    /** In the patient's coordinates, LPS. */
    private static Vector3 direction(Towards towards) {
        return switch (towards) {
            case L -> new Vector3(1, 0, 0);
            case R -> new Vector3(-1, 0, 0);
            case P -> new Vector3(0, 1, 0);
            case A -> new Vector3(0, -1, 0);
            case S -> new Vector3(0, 0, 1);
            case I -> new Vector3(0, 0, -1);
        };
    }
}
