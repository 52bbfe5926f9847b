package io.prelim.dicom.pixel.jpegls;

import io.prelim.dicom.core.MalformedInput;
import java.util.Arrays;

/**
 * Lines of several components interleaved by sample (T.87 B.3). They enter run mode together, when all gradients of all
 * components are flat, and a run ends for all of them.
 */
final class PixelLines implements Lines {
    private final SampleDecoder decoder;
    private final RunLength runs;
    private final int width;
    private final int[] order;
    private final int components;
    private final int[] regions;

    /** The line above and the line itself, by pixel, with one more pixel at each end. */
    private char[] above;

    private char[] line;

    /**
     * @param order which of the frame's components the scan's are
     * @param components how many the frame has
     */
    PixelLines(SampleDecoder decoder, BitReader in, int width, int[] order, int components) {
        this.decoder = decoder;
        this.runs = new RunLength(in);
        this.width = width;
        this.order = order;
        this.components = components;
        regions = new int[order.length];
        above = new char[(width + 2) * order.length];
        line = new char[(width + 2) * order.length];
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
        int count = order.length;
        System.arraycopy(above, count, line, 0, count);
        System.arraycopy(above, width * count, above, (width + 1) * count, count);
        decode();
        for (int c = 0; c < count; c++) {
            int from = count + c;
            for (int to = start + order[c]; from < (width + 1) * count; to += components, from += count) {
                samples[to] = (short) line[from];
            }
        }
    }

    private void decode() throws MalformedInput {
        int count = order.length;
        int end = (width + 1) * count;
        int at = count;
        while (at < end) {
            int any = 0;
            for (int c = 0; c < count; c++) {
                regions[c] = regions(at + c);
                any |= regions[c];
            }
            if (any == 0) {
                at = run(at);
            } else {
                // a component that is flat alone has a context of its own, 0
                for (int c = 0; c < count; c++, at++) {
                    line[at] = (char) decoder.regular(regions[c], line[at - count], above[at], above[at - count]);
                }
            }
        }
    }

    private int regions(int at) {
        int count = order.length;
        int straight = above[at];
        int aboveLeft = above[at - count];
        int q1 = decoder.region(above[at + count] - straight);
        int q2 = decoder.region(straight - aboveLeft);
        return (q1 * 9 + q2) * 9 + decoder.region(aboveLeft - line[at - count]);
    }

    /** Run mode from a place in the line; answers the place after it. */
    private int run(int from) throws MalformedInput {
        int count = order.length;
        int length = runs.next(width + 1 - from / count);
        int end = from + length * count;
        for (int at = from; at < end; at++) {
            line[at] = line[at - count];
        }
        if (end == (width + 1) * count) {
            return end;
        }
        for (int at = end; at < end + count; at++) {
            line[at] = (char) decoder.interruption(line[at - count], above[at], runs.bits());
        }
        runs.interrupted();
        return end + count;
    }
}
