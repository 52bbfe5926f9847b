package io.prelim.dicom.pixel.jpegls;

import io.prelim.dicom.core.MalformedInput;

/**
 * The frame header (T.87 C.2.2), of marker SOF55.
 *
 * @param precision P, bits a sample, 2 to 16
 * @param height Y, lines; 0 where a DNL segment tells it after the first scan
 * @param width X, samples a line
 * @param components Ci, the components' identifiers in the frame's order
 */
record FrameHeader(int precision, int height, int width, int[] components) {
    private static final int MOST_COMPONENTS = 4;

    static FrameHeader read(Markers segment) throws MalformedInput {
        int precision = segment.u8();
        int height = segment.u16();
        int width = segment.u16();
        int count = segment.u8();
        if (precision < 2 || precision > 16) {
            throw Malformed.structure("sample precision is not 2 to 16 bits", segment.start(), precision);
        }
        if (width == 0) {
            throw Malformed.structure("frame without a width", segment.start(), 0);
        }
        if (count == 0) {
            throw Malformed.structure("frame without components", segment.start(), 0);
        }
        if (count > MOST_COMPONENTS) {
            throw Malformed.unsupported("more than 4 components", segment.start(), count);
        }
        return new FrameHeader(precision, height, width, components(segment, count));
    }

    private static int[] components(Markers segment, int count) throws MalformedInput {
        int[] components = new int[count];
        int sampling = 0;
        for (int i = 0; i < count; i++) {
            components[i] = segment.u8();
            int factors = segment.u8();
            segment.u8(); // Tqi, which JPEG-LS does not use
            if (i > 0 && factors != sampling) {
                throw Malformed.unsupported("subsampled components", segment.start(), factors);
            }
            sampling = factors;
            for (int j = 0; j < i; j++) {
                if (components[j] == components[i]) {
                    throw Malformed.structure("two components of one identifier", segment.start(), components[i]);
                }
            }
        }
        return components;
    }

    FrameHeader withHeight(int lines) {
        return new FrameHeader(precision, lines, width, components);
    }

    /** The place of a component in the frame, or -1. */
    int indexOf(int identifier) {
        for (int i = 0; i < components.length; i++) {
            if (components[i] == identifier) {
                return i;
            }
        }
        return -1;
    }

    long samples() {
        return (long) width * height * components.length;
    }
}
