package io.prelim.dicom.pixel.jpegls;

import io.prelim.dicom.core.MalformedInput;

/**
 * Preset coding parameters (T.87 C.2.4.1.1), of an LSE segment of type 1; 0 stands for the default value.
 *
 * @param maxValue MAXVAL
 * @param t1 T1, threshold of the gradients
 * @param t2 T2
 * @param t3 T3
 * @param reset RESET
 */
record Preset(int maxValue, int t1, int t2, int t3, int reset) {
    static final Preset DEFAULT = new Preset(0, 0, 0, 0, 0);

    private static final int PARAMETERS = 1;
    private static final int OVERSIZE = 4;

    static Preset read(Markers segment) throws MalformedInput {
        int type = segment.u8();
        if (type == PARAMETERS) {
            return new Preset(segment.u16(), segment.u16(), segment.u16(), segment.u16(), segment.u16());
        }
        if (type == 0 || type > OVERSIZE) {
            throw Malformed.unsupported("preset of an extension", segment.start(), type);
        }
        throw Malformed.unsupported(
                type == OVERSIZE ? "image beyond 65535 lines or columns" : "mapping table", segment.start(), type);
    }
}
