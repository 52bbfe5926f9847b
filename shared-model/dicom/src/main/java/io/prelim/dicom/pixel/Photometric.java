package io.prelim.dicom.pixel;

/** What the samples of a pixel mean (PS3.3 section C.7.6.3.1.2); those that are retired and used by no one are left out. */
public enum Photometric {
    /** Minimum is white. */
    MONOCHROME1(1, "MONOCHROME1"),
    /** Minimum is black. */
    MONOCHROME2(1, "MONOCHROME2"),
    /** An index into three tables. */
    PALETTE_COLOR(1, "PALETTE COLOR"),
    RGB(3, "RGB"),
    /** Luminance and two colour differences, 0 to 2^n - 1, one of each a pixel. */
    YBR_FULL(3, "YBR_FULL"),
    /** As YBR_FULL, colour differences for two pixels of a row at a time. */
    YBR_FULL_422(3, "YBR_FULL_422"),
    /** Colour differences for two pixels at a time, luminance 16 to 235; retired. */
    YBR_PARTIAL_422(3, "YBR_PARTIAL_422"),
    /** Colour differences for four pixels at a time, luminance 16 to 235; in video only. */
    YBR_PARTIAL_420(3, "YBR_PARTIAL_420"),
    /** JPEG 2000's irreversible transform, which its decoder undoes. */
    YBR_ICT(3, "YBR_ICT"),
    /** JPEG 2000's reversible transform, which its decoder undoes. */
    YBR_RCT(3, "YBR_RCT");

    private final int samples;
    private final String term;

    Photometric(int samples, String term) {
        this.samples = samples;
        this.term = term;
    }

    /** The interpretation of a defined term, or null when it is none of these. */
    public static Photometric of(String term) {
        for (Photometric photometric : values()) {
            if (photometric.term.equals(term)) {
                return photometric;
            }
        }
        return null;
    }

    /** Samples a pixel has: 1 or 3. */
    public int samples() {
        return samples;
    }

    /** The defined term of (0028,0004). */
    public String term() {
        return term;
    }

    /** Whether two pixels of a row share their colour differences where the samples lie unencoded. */
    public boolean halved() {
        return this == YBR_FULL_422 || this == YBR_PARTIAL_422;
    }
}
