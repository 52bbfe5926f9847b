package io.prelim.dicom.pixel.jpegls;

import io.prelim.dicom.core.MalformedInput;

/**
 * The scan header (T.87 C.2.3), of marker SOS.
 *
 * @param components the scan's components, by their place in the frame, in the scan's order
 * @param near NEAR, by how much a decoded sample may differ from what was coded; 0 is lossless
 * @param interleave how the components' samples lie in the coded data
 */
record ScanHeader(int[] components, int near, Interleave interleave) {
    /** ILV. */
    enum Interleave {
        NONE,
        LINE,
        SAMPLE
    }

    static ScanHeader read(Markers segment, FrameHeader frame) throws MalformedInput {
        int count = segment.u8();
        if (count == 0 || count > frame.components().length) {
            throw Malformed.structure("scan of none or too many components", segment.start(), count);
        }
        int[] components = new int[count];
        for (int i = 0; i < count; i++) {
            int identifier = segment.u8();
            components[i] = frame.indexOf(identifier);
            if (components[i] < 0) {
                throw Malformed.structure("scan of a component the frame has not", segment.start(), identifier);
            }
            int table = segment.u8();
            if (table != 0) {
                throw Malformed.unsupported("mapping table", segment.start(), table);
            }
        }
        int near = segment.u8();
        int interleave = segment.u8();
        int transform = segment.u8() & 0x0F;
        if (interleave >= Interleave.values().length) {
            throw Malformed.structure("interleave mode is not 0 to 2", segment.start(), interleave);
        }
        if (interleave == 0 && count > 1) {
            throw Malformed.structure("several components that are not interleaved", segment.start(), count);
        }
        if (transform != 0) {
            throw Malformed.unsupported("point transform", segment.start(), transform);
        }
        // one component cannot be interleaved, whatever is said
        return new ScanHeader(components, near, count == 1 ? Interleave.NONE : Interleave.values()[interleave]);
    }
}
