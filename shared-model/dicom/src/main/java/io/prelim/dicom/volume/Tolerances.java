package io.prelim.dicom.volume;

/** How far a series may be from a regular grid and still be a volume, and why so far. */
public final class Tolerances {
    /**
     * What a direction cosine's vector may lack of length 1, or two of them of a right angle (no unit). Cosines written with three
     * decimals are up to 9e-4 off.
     */
    public static final double COSINES = 1e-3;

    /**
     * How far two images' directions may be apart, in radians: across 512 pixels that is half a pixel, below which no sample comes to
     * lie in another voxel.
     */
    public static final double ORIENTATION = 1e-3;

    /** How far pixel spacings may differ, relative: half a pixel across 512, as with {@link #ORIENTATION}. */
    public static final double PIXEL_SPACING = 1e-3;

    /**
     * Images nearer than this along the normal, in mm, are at one position: below what decimal strings are rounded to, and below any
     * distance of slices in a patient.
     */
    public static final double SAME_POSITION = 0.01;

    /**
     * How far a slice may lie beside the axis through the first one, in pixels of the smaller spacing: half of one, below which no
     * sample comes to lie in another voxel.
     */
    public static final double LATERAL = 0.5;

    /**
     * The angle between the normal and the line from the first to the last slice, in degrees, from which a stack is sheared however
     * small its pixels' shift: gantries are tilted by degrees, and positions rounded to 0.01 mm, 1 mm apart, are 0.6 off.
     */
    public static final double TILT_DEGREES = 1;

    /**
     * How far a slice may lie from its place in the regular grid, as a part of the slice spacing: positions written with one decimal
     * are up to 0.08 off where slices are 0.6 mm apart.
     */
    public static final double SLICE_SPACING = 0.1;

    /** From this many times the median distance between neighbours on, at least one slice is missing there. */
    public static final double GAP = 1.5;

    /** No coordinate and no spacing is larger, in mm: a kilometre. Beyond, arithmetic with them would lose what is looked for. */
    public static final double LARGEST_MM = 1e6;

    private Tolerances() {}
}
