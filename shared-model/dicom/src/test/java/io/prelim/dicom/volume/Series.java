package io.prelim.dicom.volume;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.Images;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ObjIntConsumer;

/** Headers of series: images of 4 rows and 6 columns, 0.5 mm between rows and 0.75 between columns. */
final class Series {
    static final int ROWS = 4;
    static final int COLUMNS = 6;
    static final double[] AXIAL = {1, 0, 0, 0, 1, 0};
    static final double[] CORONAL = {1, 0, 0, 0, 0, -1};
    static final double[] SAGITTAL = {0, 1, 0, 0, 0, -1};
    /** Turned about two axes: of 3-4-5 triangles, so that every number is exact in decimals. */
    static final double[] OBLIQUE = {0.8, 0.6, 0, -0.36, 0.48, 0.8};

    private Series() {}

    /** A stack of single images, from one position on by the same step; the last acquired is the first along the step. */
    static List<DataSet> stack(int count, double[] orientation, Vector3 from, Vector3 step) {
        List<DataSet> headers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            headers.add(image("1.2." + i, orientation, from.plus(step.times(i)))
                    .putInteger(Tag.INSTANCE_NUMBER, count - i));
        }
        return headers;
    }

    /** Axial, from z = -100 on upwards. */
    static List<DataSet> axial(int count, double spacing) {
        return stack(count, AXIAL, new Vector3(-10, -20, -100), new Vector3(0, 0, spacing));
    }

    static DataSet image(String uid, double[] orientation, Vector3 position) {
        return Images.grey(ROWS, COLUMNS, 16)
                .putString(Tag.SOP_INSTANCE_UID, uid)
                .putString(Tag.FRAME_OF_REFERENCE_UID, "1.2.3")
                .putDecimal(Tag.IMAGE_ORIENTATION_PATIENT, orientation)
                .putDecimal(Tag.IMAGE_POSITION_PATIENT, position.x(), position.y(), position.z())
                .putDecimal(Tag.PIXEL_SPACING, 0.5, 0.75);
    }

    /** The same stack once for each value, its objects named anew. */
    static List<DataSet> each(int times, List<DataSet> stack, ObjIntConsumer<DataSet> change) {
        List<DataSet> headers = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            for (DataSet header : stack) {
                DataSet copy = copy(header)
                        .putString(Tag.SOP_INSTANCE_UID, header.string(Tag.SOP_INSTANCE_UID) + "." + (time + 1));
                change.accept(copy, time);
                headers.add(copy);
            }
        }
        return headers;
    }

    static DataSet copy(DataSet header) {
        return new DataSet().putAll(header.elements());
    }

    static void move(DataSet header, double x, double y, double z) {
        List<Double> at = header.decimals(Tag.IMAGE_POSITION_PATIENT);
        header.putDecimal(Tag.IMAGE_POSITION_PATIENT, at.get(0) + x, at.get(1) + y, at.get(2) + z);
    }

    /** Judged in an order that is not theirs. */
    static Stacking judge(List<DataSet> headers) {
        List<Plane> planes = new ArrayList<>(
                headers.stream().flatMap(header -> Plane.of(header).stream()).toList());
        Collections.shuffle(planes, new Random(7));
        return Stacking.of(planes, Stacking.LEAST_SLICES);
    }

    static List<SliceReference> references(int count) {
        List<SliceReference> references = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            references.add(new SliceReference("1.2." + i, 1));
        }
        return references;
    }
}
