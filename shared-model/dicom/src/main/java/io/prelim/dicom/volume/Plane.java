package io.prelim.dicom.volume;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.FunctionalGroups;
import io.prelim.dicom.volume.GeometryFault.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * An image plane: what a header says of one frame, small enough that a caller may keep a series of them and no header.
 *
 * @param slice which frame of which object
 * @param geometry null where there is a fault
 * @param fault null where there is none
 * @param colour whether its pixels are more, or less, than one grey
 * @param keys what may tell it from others at its position: tag of the attribute, value
 */
public record Plane(
        SliceReference slice, PlaneGeometry geometry, GeometryFault fault, boolean colour, Map<Integer, String> keys) {
    /** No object: the reference of a plane whose header has no SOP Instance UID, which is then its fault. */
    private static final String UNNAMED = "";

    public Plane {
        keys = Map.copyOf(keys);
    }

    /**
     * The planes of an object, one a frame, in its order. Of a multi-frame object there are as many as have functional groups,
     * whatever number it claims; one without functional groups says of no frame but perhaps its first where it lies, and is one plane
     * with a fault.
     *
     * @param header what comes before pixel data
     */
    public static List<Plane> of(DataSet header) {
        FunctionalGroups groups = new FunctionalGroups(header);
        int grouped = groups.count();
        int claimed = header.string(Tag.NUMBER_OF_FRAMES) == null ? 1 : header.integer(Tag.NUMBER_OF_FRAMES, -1);
        if (grouped == 0) {
            return List.of(plane(header, groups, 0, claimed == 1 ? null : noGroups()));
        }
        GeometryFault fault = grouped == claimed ? null : new GeometryFault(Tag.NUMBER_OF_FRAMES, Kind.OTHER_COUNT);
        List<Plane> planes = new ArrayList<>(grouped);
        for (int frame = 0; frame < grouped; frame++) {
            planes.add(plane(header, groups, frame, fault));
        }
        return planes;
    }

    private static GeometryFault noGroups() {
        return new GeometryFault(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, Kind.ABSENT);
    }

    private static Plane plane(DataSet header, FunctionalGroups all, int frame, GeometryFault known) {
        FunctionalGroups.OfFrame groups = all.frame(frame);
        String uid = header.string(Tag.SOP_INSTANCE_UID);
        Facts facts = new Facts(known);
        if (uid == null) {
            facts.fault(Tag.SOP_INSTANCE_UID, Kind.ABSENT);
        }
        PlaneGeometry geometry = geometry(header, groups, facts);
        return new Plane(
                new SliceReference(uid == null ? UNNAMED : uid, frame + 1),
                facts.fault == null ? geometry : null,
                facts.fault,
                colour(header),
                SplitKeys.of(header, groups));
    }

    private static boolean colour(DataSet header) {
        String photometric = header.string(Tag.PHOTOMETRIC_INTERPRETATION);
        boolean samples = header.string(Tag.SAMPLES_PER_PIXEL) != null && header.integer(Tag.SAMPLES_PER_PIXEL, 1) != 1;
        boolean grey = photometric == null || photometric.equals("MONOCHROME1") || photometric.equals("MONOCHROME2");
        return samples || !grey;
    }

    private static PlaneGeometry geometry(DataSet header, FunctionalGroups.OfFrame groups, Facts facts) {
        int rows = facts.size(header, Tag.ROWS);
        int columns = facts.size(header, Tag.COLUMNS);
        DataSet positions = groups.macro(Tag.PLANE_POSITION_SEQUENCE);
        double[] position = facts.numbers(positions, Tag.IMAGE_POSITION_PATIENT, 3);
        facts.within(Tag.IMAGE_POSITION_PATIENT, position, -Tolerances.LARGEST_MM);
        DataSet orientations = groups.macro(Tag.PLANE_ORIENTATION_SEQUENCE);
        double[] cosines = facts.numbers(orientations, Tag.IMAGE_ORIENTATION_PATIENT, 6);
        facts.within(Tag.IMAGE_ORIENTATION_PATIENT, cosines, -Tolerances.LARGEST_MM);
        DataSet measures = groups.macro(Tag.PIXEL_MEASURES_SEQUENCE);
        double[] spacing = facts.numbers(measures, Tag.PIXEL_SPACING, 2);
        facts.within(Tag.PIXEL_SPACING, spacing, 1 / Tolerances.LARGEST_MM);
        Vector3 row = new Vector3(cosines[0], cosines[1], cosines[2]);
        Vector3 column = new Vector3(cosines[3], cosines[4], cosines[5]);
        facts.directions(row, column);
        if (facts.fault != null) {
            return null;
        }
        Vector3 unit = row.unit();
        // what rounding left of the row in the column is taken out, so that the three axes are at right angles
        Vector3 upright = column.minus(unit.times(column.dot(unit))).unit();
        String frameOfReference = header.string(Tag.FRAME_OF_REFERENCE_UID);
        return new PlaneGeometry(
                rows,
                columns,
                spacing[0],
                spacing[1],
                unit,
                upright,
                new Vector3(position[0], position[1], position[2]),
                stated(measures),
                frameOfReference == null ? "" : frameOfReference);
    }

    private static OptionalDouble stated(DataSet measures) {
        List<Double> stated = measures.decimals(Tag.SPACING_BETWEEN_SLICES);
        return stated.isEmpty() || !Double.isFinite(stated.get(0))
                ? OptionalDouble.empty()
                : OptionalDouble.of(stated.get(0));
    }

    /** Reads attributes, and keeps the first fault. */
    private static final class Facts {
        private GeometryFault fault;

        Facts(GeometryFault known) {
            fault = known;
        }

        void fault(int tag, Kind kind) {
            if (fault == null) {
                fault = new GeometryFault(tag, kind);
            }
        }

        int size(DataSet dataSet, int tag) {
            int size = dataSet.integer(tag, 0);
            if (size < 1 || size > 0xFFFF) {
                fault(tag, dataSet.string(tag) == null ? Kind.ABSENT : Kind.OUT_OF_RANGE);
            }
            return size;
        }

        /** So many numbers; zeros where there is a fault. */
        double[] numbers(DataSet dataSet, int tag, int count) {
            if (dataSet == null || dataSet.strings(tag).stream().allMatch(String::isEmpty)) {
                fault(tag, Kind.ABSENT);
                return new double[count];
            }
            List<Double> numbers = dataSet.decimals(tag);
            if (numbers.size() != count) {
                fault(tag, Kind.NO_NUMBERS);
                return new double[count];
            }
            return numbers.stream().mapToDouble(Double::doubleValue).toArray();
        }

        void within(int tag, double[] numbers, double least) {
            for (double number : numbers) {
                // so that what is no number is not within
                if (!(number >= least && number <= Tolerances.LARGEST_MM)) {
                    fault(tag, Kind.OUT_OF_RANGE);
                }
            }
        }

        void directions(Vector3 row, Vector3 column) {
            if (Math.abs(row.length() - 1) > Tolerances.COSINES || Math.abs(column.length() - 1) > Tolerances.COSINES) {
                fault(Tag.IMAGE_ORIENTATION_PATIENT, Kind.NOT_UNIT);
            }
            if (Math.abs(row.dot(column)) > Tolerances.COSINES) {
                fault(Tag.IMAGE_ORIENTATION_PATIENT, Kind.NOT_ORTHOGONAL);
            }
        }
    }
}
