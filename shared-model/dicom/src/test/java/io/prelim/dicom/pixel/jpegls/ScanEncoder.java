package io.prelim.dicom.pixel.jpegls;

import io.prelim.dicom.pixel.jpegls.ScanHeader.Interleave;
import java.util.Arrays;

/** Encodes one restart interval of a scan, step by step as T.87 annexes A and B describe it. */
final class ScanEncoder {
    private static final int[] J = {
        0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15
    };

    private final CodingParameters p;
    private final int width;
    private final BitWriter out;
    /** By component of the scan, line and column; becomes what a decoder will have. */
    private final int[][][] samples;

    private final int step;
    private final int[] a = new int[367];
    private final int[] b = new int[365];
    private final int[] c = new int[365];
    private final int[] n = new int[367];
    private final int[] negatives = new int[367];
    private final int[] runIndex;

    ScanEncoder(CodingParameters p, int[][][] samples, BitWriter out) {
        this.p = p;
        this.samples = samples;
        this.out = out;
        width = samples[0][0].length;
        step = 2 * p.near() + 1;
        runIndex = new int[samples.length];
        Arrays.fill(a, Math.max(2, (p.range() + 32) / 64));
        Arrays.fill(n, 1);
    }

    void encode(Interleave interleave) {
        for (int y = 0; y < samples[0].length; y++) {
            if (interleave == Interleave.SAMPLE) {
                pixels(y);
            } else {
                for (int component = 0; component < samples.length; component++) {
                    line(component, y);
                }
            }
        }
        out.end();
    }

    private int at(int component, int x, int y) {
        if (y < 0) {
            return 0;
        }
        return x < 0 ? at(component, 0, y - 1) : samples[component][y][Math.min(x, width - 1)];
    }

    private int left(int component, int x, int y) {
        return at(component, x - 1, y);
    }

    private int above(int component, int x, int y) {
        return at(component, x, y - 1);
    }

    private int gradients(int component, int x, int y) {
        int aboveLeft = at(component, x - 1, y - 1);
        int d1 = at(component, x + 1, y - 1) - above(component, x, y);
        int d2 = above(component, x, y) - aboveLeft;
        int d3 = aboveLeft - left(component, x, y);
        return 81 * region(d1) + 9 * region(d2) + region(d3);
    }

    private int region(int d) {
        if (Math.abs(d) <= p.near()) {
            return 0;
        }
        int size = Math.abs(d) < p.t1() ? 1 : Math.abs(d) < p.t2() ? 2 : Math.abs(d) < p.t3() ? 3 : 4;
        return d < 0 ? -size : size;
    }

    private boolean as(int component, int x, int y, int value) {
        return Math.abs(samples[component][y][x] - value) <= p.near();
    }

    private void line(int component, int y) {
        for (int x = 0; x < width; x++) {
            int gradients = gradients(component, x, y);
            if (gradients != 0) {
                regular(gradients, component, x, y);
                continue;
            }
            int value = left(component, x, y);
            int from = x;
            while (x < width && as(component, x, y, value)) {
                samples[component][y][x++] = value;
            }
            runLength(component, x - from, x == width);
            if (x < width) {
                int above = above(component, x, y);
                boolean alike = Math.abs(value - above) <= p.near();
                interruption(alike ? 1 : 0, value, alike ? value : above, J[runIndex[component]], component, x, y);
                runIndex[component] = Math.max(0, runIndex[component] - 1);
            }
        }
    }

    private void pixels(int y) {
        for (int x = 0; x < width; x++) {
            if (!flat(x, y)) {
                for (int component = 0; component < samples.length; component++) {
                    regular(gradients(component, x, y), component, x, y);
                }
                continue;
            }
            int from = x;
            while (x < width && asBefore(x, y)) {
                for (int component = 0; component < samples.length; component++) {
                    samples[component][y][x] = left(component, x, y);
                }
                x++;
            }
            runLength(0, x - from, x == width);
            if (x < width) {
                for (int component = 0; component < samples.length; component++) {
                    int above = above(component, x, y);
                    interruption(0, left(component, x, y), above, J[runIndex[0]], component, x, y);
                }
                runIndex[0] = Math.max(0, runIndex[0] - 1);
            }
        }
    }

    private boolean flat(int x, int y) {
        for (int component = 0; component < samples.length; component++) {
            if (gradients(component, x, y) != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean asBefore(int x, int y) {
        for (int component = 0; component < samples.length; component++) {
            if (!as(component, x, y, left(component, x, y))) {
                return false;
            }
        }
        return true;
    }

    /** A.7.1.2; RUNindex is lowered only after the interruption. */
    private void runLength(int index, int length, boolean endOfLine) {
        int left = length;
        while (left >= 1 << J[runIndex[index]]) {
            out.bit(1);
            left -= 1 << J[runIndex[index]];
            runIndex[index] = Math.min(31, runIndex[index] + 1);
        }
        if (!endOfLine) {
            out.bit(0);
            out.bits(left, J[runIndex[index]]);
        } else if (left > 0) {
            out.bit(1);
        }
    }

    /** A.4 to A.6. */
    private void regular(int gradients, int component, int x, int y) {
        int sign = gradients < 0 ? -1 : 1;
        int q = Math.abs(gradients);
        int left = left(component, x, y);
        int above = above(component, x, y);
        int aboveLeft = at(component, x - 1, y - 1);
        int predicted = aboveLeft >= Math.max(left, above)
                ? Math.min(left, above)
                : aboveLeft <= Math.min(left, above) ? Math.max(left, above) : left + above - aboveLeft;
        predicted = within(predicted + sign * c[q]);
        int error = error(predicted, sign, component, x, y);
        int k = 0;
        while (n[q] << k < a[q]) {
            k++;
        }
        int mapped = error >= 0 ? 2 * error : -2 * error - 1;
        if (p.near() == 0 && k == 0 && 2 * b[q] <= -n[q]) {
            mapped = error >= 0 ? 2 * error + 1 : -2 * (error + 1);
        }
        out.golomb(mapped, k, p.limit(), p.errorBits());
        b[q] += error * step;
        a[q] += Math.abs(error);
        if (n[q] == p.reset()) {
            a[q] >>= 1;
            b[q] = Math.floorDiv(b[q], 2);
            n[q] >>= 1;
        }
        n[q]++;
        if (b[q] <= -n[q]) {
            b[q] += n[q];
            c[q] = Math.max(-128, c[q] - 1);
            b[q] = Math.max(b[q], 1 - n[q]);
        } else if (b[q] > 0) {
            b[q] -= n[q];
            c[q] = Math.min(127, c[q] + 1);
            b[q] = Math.min(b[q], 0);
        }
    }

    /** A.7.2. */
    private void interruption(int type, int left, int predicted, int runBits, int component, int x, int y) {
        int q = 365 + type;
        int sign = type == 0 && left > predicted ? -1 : 1;
        int error = error(predicted, sign, component, x, y);
        int sum = type == 0 ? a[q] : a[q] + (n[q] >> 1);
        int k = 0;
        while (n[q] << k < sum) {
            k++;
        }
        boolean mostlyNegative = 2 * negatives[q] >= n[q];
        boolean map = error > 0 ? k == 0 && !mostlyNegative : error < 0 && (k != 0 || mostlyNegative);
        int mapped = 2 * Math.abs(error) - type - (map ? 1 : 0);
        out.golomb(mapped, k, p.limit() - runBits - 1, p.errorBits());
        negatives[q] += error < 0 ? 1 : 0;
        a[q] += (mapped + 1 - type) >> 1;
        if (n[q] == p.reset()) {
            a[q] >>= 1;
            n[q] >>= 1;
            negatives[q] >>= 1;
        }
        n[q]++;
    }

    /** A.4.4, A.4.5: the error, quantized and modulo RANGE; the sample becomes what a decoder will have. */
    private int error(int predicted, int sign, int component, int x, int y) {
        int error = sign * (samples[component][y][x] - predicted);
        error = error > 0 ? (error + p.near()) / step : -((p.near() - error) / step);
        samples[component][y][x] = within(predicted + sign * error * step);
        error = error < 0 ? error + p.range() : error;
        return error >= (p.range() + 1) / 2 ? error - p.range() : error;
    }

    private int within(int sample) {
        return Math.max(0, Math.min(p.maxValue(), sample));
    }
}
