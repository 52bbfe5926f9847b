package io.prelim.dicom.pixel.jpegls;

import io.prelim.dicom.core.MalformedInput;

/** Lengths of runs (T.87 A.7.1), of one line after the other. */
final class RunLength {
    /** J, by RUNindex (A.2.1). */
    private static final byte[] J = {
        0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15
    };

    private final BitReader in;
    private int index;

    RunLength(BitReader in) {
        this.in = in;
    }

    void restart() {
        index = 0;
    }

    /**
     * How many samples are as the one before.
     *
     * @param left samples left in the line; a run as long has no interruption
     */
    int next(int left) throws MalformedInput {
        int length = 0;
        while (in.bit() == 1) {
            int whole = 1 << J[index];
            if (length + whole > left) {
                return left;
            }
            length += whole;
            if (index < J.length - 1) {
                index++;
            }
            if (length == left) {
                return left;
            }
        }
        length += in.bits(J[index]);
        if (length > left) {
            throw Malformed.structure("run beyond its line", in.offset(), length);
        }
        return length;
    }

    /** J of the run, until {@link #interrupted()}. */
    int bits() {
        return J[index];
    }

    /** To be called once the sample that ended the run is decoded (A.7.1.2). */
    void interrupted() {
        if (index > 0) {
            index--;
        }
    }
}
