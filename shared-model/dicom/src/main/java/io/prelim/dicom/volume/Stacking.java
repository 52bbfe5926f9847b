package io.prelim.dicom.volume;

import java.util.List;

/** What a series' image planes are together. */
public sealed interface Stacking permits Volume, SeveralStacks, NotAVolume {
    /** With fewer slices than three no distance can be told to be a gap. */
    int LEAST_SLICES = 3;

    /**
     * Stacks planes by their places along the normal of their orientation; Instance Number and Slice Thickness count for nothing.
     *
     * <p>Stacks that are named (Stack ID) are judged apart. Where several images lie at one position they are told apart by the first
     * of: Temporal Position, Frame Reference Time, Echo Number, Echo Time, b-value, gradient direction, trigger time, an enhanced image's other dimensions, Image
     * Type, Acquisition Number, that gives each part at least so many positions; and so on within the parts.
     *
     * @param planes in any order
     * @param least slices of a volume, 2 or more
     * @return a volume; several stacks, one of them a volume or more; or the first reason why there is none, looked for in the order
     *     that {@link NotAVolume} has them
     */
    static Stacking of(List<Plane> planes, int least) {
        if (least < 2) {
            throw new IllegalArgumentException("a volume has two slices at least, not " + least);
        }
        return new Stacker(least).judge(planes);
    }
}
