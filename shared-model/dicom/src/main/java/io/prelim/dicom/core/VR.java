package io.prelim.dicom.core;

import java.util.Locale;

/**
 * The value representations of PS3.5 section 6.2, with what a reader or writer of bytes has to know about each.
 *
 * <p>{@link #unit()} is the size in bytes of the numbers a value is made of (1 for text and bytes): what is swapped
 * between byte orders.
 */
public enum VR {
    AE(Kind.TEXT, 1, false, false),
    AS(Kind.TEXT, 1, false, false),
    AT(Kind.NUMBER, 2, false, false),
    CS(Kind.TEXT, 1, false, false),
    DA(Kind.TEXT, 1, false, false),
    DS(Kind.TEXT, 1, false, false),
    DT(Kind.TEXT, 1, false, false),
    FL(Kind.NUMBER, 4, false, false),
    FD(Kind.NUMBER, 8, false, false),
    IS(Kind.TEXT, 1, false, false),
    LO(Kind.TEXT, 1, false, true),
    LT(Kind.TEXT, 1, false, true),
    OB(Kind.BYTES, 1, true, false),
    OD(Kind.BYTES, 8, true, false),
    OF(Kind.BYTES, 4, true, false),
    OL(Kind.BYTES, 4, true, false),
    OV(Kind.BYTES, 8, true, false),
    OW(Kind.BYTES, 2, true, false),
    PN(Kind.TEXT, 1, false, true),
    SH(Kind.TEXT, 1, false, true),
    SL(Kind.NUMBER, 4, false, false),
    SQ(Kind.SEQUENCE, 1, true, false),
    SS(Kind.NUMBER, 2, false, false),
    ST(Kind.TEXT, 1, false, true),
    SV(Kind.NUMBER, 8, true, false),
    TM(Kind.TEXT, 1, false, false),
    UC(Kind.TEXT, 1, true, true),
    UI(Kind.TEXT, 1, false, false),
    UL(Kind.NUMBER, 4, false, false),
    UN(Kind.BYTES, 1, true, false),
    UR(Kind.TEXT, 1, true, false),
    US(Kind.NUMBER, 2, false, false),
    UT(Kind.TEXT, 1, true, true),
    UV(Kind.NUMBER, 8, true, false);

    /** What a value of the representation is made of. */
    public enum Kind {
        TEXT,
        NUMBER,
        BYTES,
        SEQUENCE
    }

    private static final VR[] BY_CODE = new VR[26 * 26];

    static {
        for (VR vr : values()) {
            BY_CODE[(vr.name().charAt(0) - 'A') * 26 + vr.name().charAt(1) - 'A'] = vr;
        }
    }

    private final Kind kind;
    private final int unit;
    private final boolean longLength;
    private final boolean charsetDependent;

    VR(Kind kind, int unit, boolean longLength, boolean charsetDependent) {
        this.kind = kind;
        this.unit = unit;
        this.longLength = longLength;
        this.charsetDependent = charsetDependent;
    }

    /** The representation whose two letters are given, or null when there is none of that name. */
    public static VR of(int first, int second) {
        if (first < 'A' || first > 'Z' || second < 'A' || second > 'Z') {
            return null;
        }
        return BY_CODE[(first - 'A') * 26 + second - 'A'];
    }

    public Kind kind() {
        return kind;
    }

    /** Bytes per number, 1 for text and plain bytes. */
    public int unit() {
        return unit;
    }

    /** Whether explicit VR encodes two reserved bytes and a 32-bit length (PS3.5 table 7.1-1). */
    public boolean longLength() {
        return longLength;
    }

    /** Whether (0008,0005) Specific Character Set governs the text (PS3.5 section 6.1.2.3). */
    public boolean charsetDependent() {
        return charsetDependent;
    }

    /** Whether a backslash separates values; the long texts ST, LT, UT and UR hold one value only. */
    public boolean multiValued() {
        return kind == Kind.NUMBER || (kind == Kind.TEXT && this != ST && this != LT && this != UT && this != UR);
    }

    /** The byte that fills a value to even length (PS3.5 section 6.2). */
    public byte padding() {
        return (byte) (kind == Kind.TEXT && this != UI ? ' ' : 0);
    }

    @Override
    public String toString() {
        return name().toUpperCase(Locale.ROOT);
    }
}
