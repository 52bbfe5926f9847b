package io.prelim.dicom.pixel.jpegls;

import io.prelim.dicom.core.MalformedInput;
import java.util.Arrays;

/**
 * Lines of one component, whose scan has no other or interleaves them by line (T.87 annex A; B.2): the components of a scan
 * share contexts, not RUNindex.
 */
final class ComponentLines implements Lines {
    private final SampleDecoder decoder;
    private final RunLength runs;
    private final int width;
    private final int component;
    private final int components;

    /** The line above and the line itself: x is at x + 1, and each end has one more sample for its neighbours (A.2.1). */
    private char[] above;

    private char[] line;

    /**
     * @param component which of the frame's
     * @param components how many the frame has
     */
    ComponentLines(SampleDecoder decoder, BitReader in, int width, int component, int components) {
        this.decoder = decoder;
        this.runs = new RunLength(in);
        this.width = width;
        this.component = component;
        this.components = components;
        above = new char[width + 2];
        line = new char[width + 2];
    }

    @Override
    public void restart() {
        runs.restart();
        Arrays.fill(line, (char) 0);
    }

    @Override
    public void next(short[] samples, int start) throws MalformedInput {
        char[] last = line;
        line = above;
        above = last;
        // beyond the ends: Ra is Rb, Rd is Rb, and Rc is what Ra was in the line above
        line[0] = above[1];
        above[width + 1] = above[width];
        decode();
        if (components == 1) {
            for (int x = 0; x < width; x++) {
                samples[start + x] = (short) line[x + 1];
            }
        } else {
            for (int x = 0; x < width; x++) {
                samples[start + x * components + component] = (short) line[x + 1];
            }
        }
    }

    private void decode() throws MalformedInput {
        char[] upper = above;
        char[] lower = line;
        int x = 1;
        while (x <= width) {
            int left = lower[x - 1];
            int aboveLeft = upper[x - 1];
            int straight = upper[x];
            // D2 of a sample is D1 of the one before
            int q2 = decoder.region(straight - aboveLeft);
            int regions;
            do {
                int aboveRight = upper[x + 1];
                int q1 = decoder.region(aboveRight - straight);
                regions = (q1 * 9 + q2) * 9 + decoder.region(aboveLeft - left);
                if (regions == 0) {
                    break;
                }
                left = decoder.regular(regions, left, straight, aboveLeft);
                lower[x++] = (char) left;
                aboveLeft = straight;
                straight = aboveRight;
                q2 = q1;
            } while (x <= width);
            if (regions == 0) {
                x = run(x);
            }
        }
    }

    /** Run mode from a place in the line (A.7); answers the place after it. */
    private int run(int from) throws MalformedInput {
        int left = line[from - 1];
        int end = from + runs.next(width + 1 - from);
        Arrays.fill(line, from, end, (char) left);
        if (end > width) {
            return end;
        }
        int straight = above[end];
        line[end] = (char)
                (decoder.alike(left, straight)
                        ? decoder.interruptionAlike(left, runs.bits())
                        : decoder.interruption(left, straight, runs.bits()));
        runs.interrupted();
        return end + 1;
    }
}
