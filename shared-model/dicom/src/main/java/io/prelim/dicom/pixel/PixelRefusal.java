package io.prelim.dicom.pixel;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.Tag;

/** Refusals of pixel data: offsets count from the first byte of the value, or of the frame's code stream. */
public final class PixelRefusal {
    private static final String PATH = Tag.toString(Tag.PIXEL_DATA);

    private PixelRefusal() {}

    /** Fewer bytes than were announced. */
    public static MalformedInput truncated(String what, long offset, long amount) {
        return new MalformedInput(Kind.TRUNCATED, what, offset, PATH, amount);
    }

    /** Bytes that contradict the standard, the data set, or themselves. */
    public static MalformedInput structure(String what, long offset, long amount) {
        return new MalformedInput(Kind.STRUCTURE, what, offset, PATH, amount);
    }

    /** A bound of {@link PixelLimits} was passed. */
    public static MalformedInput limit(String what, long amount) {
        return new MalformedInput(Kind.LIMIT, what, 0, PATH, amount);
    }

    /** What is legal, and not read here. */
    public static MalformedInput unsupported(String what) {
        return new MalformedInput(Kind.UNSUPPORTED, what, 0, PATH, -1);
    }

    /** A transfer syntax whose frames nothing here decodes. */
    public static MalformedInput noDecoder(String transferSyntax) {
        return unsupported("no decoder for " + transferSyntax);
    }

    /** A data element that contradicts the standard or the pixel data. */
    public static MalformedInput element(String what, int tag, long amount) {
        return new MalformedInput(Kind.STRUCTURE, what, 0, Tag.toString(tag), amount);
    }

    /** What a caller asked for in words that are not those of the standard. */
    public static MalformedInput parameter(String what) {
        return new MalformedInput(Kind.STRUCTURE, what, 0, "", -1);
    }
}
