package io.prelim.dicom.volume;

import java.util.List;
import java.util.Locale;

/** Why planes are no volume, in the order in which it is looked for: the first that holds is the answer. */
public sealed interface NotAVolume extends Stacking {
    /** What and why, in words, for a log or an operator; no value of the data set but numbers of its geometry and UIDs. */
    String reason();

    /**
     * Fewer than a volume needs.
     *
     * @param images how many there are
     * @param positions at how many places along the normal, where it came to looking at these; else as many as images
     * @param least how many there must be
     */
    record TooFewSlices(int images, int positions, int least) implements NotAVolume {
        @Override
        public String reason() {
            return images + " images at " + positions + " positions, a volume has " + least + " at least";
        }
    }

    /**
     * Images of more than one sample a pixel, or of a palette.
     *
     * @param first the first of them
     * @param images how many
     */
    record Colour(SliceReference first, int images) implements NotAVolume {
        @Override
        public String reason() {
            return images + " images in colour, the first is " + first;
        }
    }

    /**
     * Images that do not say where they lie.
     *
     * @param first the first of them
     * @param fault what is wrong with it
     * @param images how many have a fault
     */
    record NoGeometry(SliceReference first, GeometryFault fault, int images) implements NotAVolume {
        @Override
        public String reason() {
            return images + " images whose place is not known, the first is " + first + ": " + fault;
        }
    }

    /**
     * Images whose coordinates have nothing to do with each other.
     *
     * @param frames how many different frames of reference
     */
    record FramesOfReferenceDiffer(int frames) implements NotAVolume {
        @Override
        public String reason() {
            return frames + " frames of reference";
        }
    }

    /**
     * Planes that turn about an axis, as of radial acquisitions and rotating projections.
     *
     * @param axis in all planes, of length 1, LPS
     * @param orientations how many different ones, 64 at most
     */
    record Radial(Vector3 axis, int orientations) implements NotAVolume {
        @Override
        public String reason() {
            return orientations + " orientations or more about one axis";
        }
    }

    /**
     * Images that are not parallel, such as localisers among a stack, or that are turned in their plane.
     *
     * @param orientations how many different ones, 64 at most
     * @param others images in another orientation than the most frequent: without them there may be a volume
     */
    record OrientationsDiffer(int orientations, List<SliceReference> others) implements NotAVolume {
        public OrientationsDiffer {
            others = List.copyOf(others);
        }

        @Override
        public String reason() {
            return orientations + " orientations or more, " + others.size()
                    + " images not in the most frequent, the first is " + others.get(0);
        }
    }

    /**
     * Images of different rows or columns.
     *
     * @param others images of another size than the most frequent
     */
    record SizesDiffer(List<SliceReference> others) implements NotAVolume {
        public SizesDiffer {
            others = List.copyOf(others);
        }

        @Override
        public String reason() {
            return others.size() + " images of other rows or columns than most, the first is " + others.get(0);
        }
    }

    /**
     * Images of different pixel spacing.
     *
     * @param others images of another spacing than the most frequent
     */
    record SpacingsDiffer(List<SliceReference> others) implements NotAVolume {
        public SpacingsDiffer {
            others = List.copyOf(others);
        }

        @Override
        public String reason() {
            return others.size() + " images of another pixel spacing than most, the first is " + others.get(0);
        }
    }

    /**
     * Images at one position that nothing tells apart.
     *
     * @param positions each with two images or more
     */
    record Duplicates(List<Position> positions) implements NotAVolume {
        /**
         * A position.
         *
         * @param along place along the normal, mm
         * @param images those there
         */
        public record Position(double along, List<SliceReference> images) {
            public Position {
                images = List.copyOf(images);
            }
        }

        public Duplicates {
            positions = List.copyOf(positions);
        }

        @Override
        public String reason() {
            return "several images at " + positions.size() + " positions, first "
                    + positions.get(0).images();
        }
    }

    /**
     * Positions that do not lie on a line.
     *
     * @param slice the one that is farthest off
     * @param mm how far beside the line from the first to the last
     */
    record OffAxis(SliceReference slice, double mm) implements NotAVolume {
        @Override
        public String reason() {
            return String.format(Locale.ROOT, "%s lies %.3f mm beside the stack's axis", slice, mm);
        }
    }

    /**
     * A stack whose positions do not move along the normal: a tilted gantry.
     *
     * @param degrees between the normal and the line from the first to the last slice, above 0 and below 90
     */
    record Sheared(double degrees) implements NotAVolume {
        @Override
        public String reason() {
            return String.format(Locale.ROOT, "sheared by %.2f degrees", degrees);
        }
    }

    /**
     * Slices are missing.
     *
     * @param gaps in ascending order
     * @param median distance of neighbours, mm
     */
    record Gaps(List<Gap> gaps, double median) implements NotAVolume {
        /**
         * A distance that is too large.
         *
         * @param after index of the slice before it, along the normal, from 0
         * @param mm to the next
         * @param ratio to the median distance
         */
        public record Gap(int after, double mm, double ratio) {}

        public Gaps {
            gaps = List.copyOf(gaps);
        }

        @Override
        public String reason() {
            Gap first = gaps.get(0);
            return String.format(
                    Locale.ROOT,
                    "%d gaps, the first after slice %d of %.3f mm, %.2f times the median",
                    gaps.size(),
                    first.after(),
                    first.mm(),
                    first.ratio());
        }
    }

    /**
     * Slices that are no gap apart, and yet not evenly.
     *
     * @param index of the slice that is farthest off, along the normal, from 0
     * @param mm how far from its place in the regular grid
     * @param spacing of that grid, mm
     */
    record Uneven(int index, double mm, double spacing) implements NotAVolume {
        @Override
        public String reason() {
            return String.format(
                    Locale.ROOT, "slice %d lies %.3f mm from its place, slices are %.3f mm apart", index, mm, spacing);
        }
    }
}
