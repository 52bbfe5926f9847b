package io.prelim.dicom.pixel.jpeg;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.PixelRefusal;

/** Decodes a scan of differences from what neighbours predict (ITU-T T.81 annex H). */
final class LosslessScan {
    private final JpegFrame frame;

    LosslessScan(JpegFrame frame) {
        this.frame = frame;
    }

    void decode(JpegScan scan, BitReader in) throws MalformedInput {
        if (scan.selection < 1 || scan.selection > 7 || scan.transform >= frame.precision) {
            throw PixelRefusal.structure("JPEG predictor or point transform of no kind", in.at(), scan.selection);
        }
        int[] components = scan.components;
        int step = frame.components();
        int line = step * frame.columns;
        int first = 0;
        for (int y = 0; y < frame.rows; y++) {
            for (int x = 0; x < frame.columns; x++) {
                if (scan.restarted(in, (long) y * frame.columns + x)) {
                    if (x != 0) {
                        throw PixelRefusal.structure("JPEG restart within a line", in.at(), x);
                    }
                    first = y;
                }
                for (int j = 0; j < components.length; j++) {
                    int at = y * line + x * step + components[j];
                    int predicted = y == first
                            ? x == 0 ? 1 << (frame.precision - scan.transform - 1) : sample(at - step)
                            : x == 0 ? sample(at - line) : predicted(scan.selection, at, step, line);
                    // modulo 2^16 (annex H.1.2.1)
                    frame.samples[at] = (short) (predicted + in.difference(scan.direct[j].read(in)));
                }
            }
        }
        shift(scan);
    }

    private int sample(int at) {
        return frame.samples[at] & 0xFFFF;
    }

    /** Table H.1. */
    private int predicted(int selection, int at, int step, int line) {
        int left = sample(at - step);
        int above = sample(at - line);
        int corner = sample(at - line - step);
        return switch (selection) {
            case 1 -> left;
            case 2 -> above;
            case 3 -> corner;
            case 4 -> left + above - corner;
            case 5 -> left + ((above - corner) >> 1);
            case 6 -> above + ((left - corner) >> 1);
            default -> (left + above) >> 1;
        };
    }

    private void shift(JpegScan scan) {
        for (int component : scan.components) {
            for (int at = component; scan.transform > 0 && at < frame.samples.length; at += frame.components()) {
                frame.samples[at] = (short) (frame.samples[at] << scan.transform);
            }
        }
    }
}
