package io.prelim.dicom.pixel.jpegls;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;

/** Refusals of a code stream; offsets count from its first byte. */
final class Malformed {
    private Malformed() {}

    static MalformedInput truncated(String what, long offset) {
        return new MalformedInput(Kind.TRUNCATED, what, offset, "", -1);
    }

    static MalformedInput structure(String what, long offset, long amount) {
        return new MalformedInput(Kind.STRUCTURE, what, offset, "", amount);
    }

    static MalformedInput unsupported(String what, long offset, long amount) {
        return new MalformedInput(Kind.UNSUPPORTED, what, offset, "", amount);
    }

    static MalformedInput limit(String what, long offset, long amount) {
        return new MalformedInput(Kind.LIMIT, what, offset, "", amount);
    }
}
