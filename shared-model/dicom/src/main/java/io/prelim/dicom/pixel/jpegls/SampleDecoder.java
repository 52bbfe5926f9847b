package io.prelim.dicom.pixel.jpegls;

import io.prelim.dicom.core.MalformedInput;

/**
 * Single samples, in regular mode (T.87 A.3 to A.6) and where a run is interrupted (A.7.2), and the contexts they are coded in:
 * 365 of gradients, 2 of interruptions. The components of a scan share them (annex B).
 */
final class SampleDecoder {
    private static final int GRADIENT_CONTEXTS = 365;
    private static final int CONTEXTS = GRADIENT_CONTEXTS + 2;

    // what is kept of a context, each an int
    private static final int SHIFT = 3;
    /** A, the sum of the errors' magnitudes. */
    private static final int A = 0;
    /** B, the sum of the errors; of interruptions Nn, how many were negative. */
    private static final int B = 1;
    /** C, what corrects the prediction. */
    private static final int C = 2;
    /** N, how many samples the sums are of. */
    private static final int N = 3;
    /** k that follows from A and N (A.5.1), made when these change, since the next sample cannot wait for it. */
    private static final int K = 4;
    /** -1 where errors are mapped the other way round (A.5.2), else 0; made with k. */
    private static final int FLIP = 5;

    private static final int LEAST_C = -128;
    private static final int MOST_C = 127;

    private final CodingParameters parameters;
    private final BitReader in;
    private final int[] contexts = new int[CONTEXTS << SHIFT];

    private final int maxValue;
    private final int near;
    private final int step;
    private final int reset;
    private final int errorBits;
    private final int mostZeros;
    private final int mostMapped;
    private final int wrap;
    private final byte[] regions;
    private final int t3;

    SampleDecoder(CodingParameters parameters, BitReader in) {
        this.parameters = parameters;
        this.in = in;
        maxValue = parameters.maxValue();
        near = parameters.near();
        step = 2 * near + 1;
        reset = parameters.reset();
        errorBits = parameters.errorBits();
        mostZeros = parameters.limit() - errorBits - 1;
        mostMapped = 1 << errorBits;
        wrap = parameters.range() * step;
        t3 = parameters.t3();
        regions = regions(parameters);
        restart();
    }

    /** The region of each gradient from -T3 to T3 (A.3.3). */
    private static byte[] regions(CodingParameters p) {
        byte[] regions = new byte[2 * p.t3() + 1];
        for (int d = -p.t3(); d <= p.t3(); d++) {
            int size = Math.abs(d);
            int region = size <= p.near() ? 0 : size < p.t1() ? 1 : size < p.t2() ? 2 : size < p.t3() ? 3 : 4;
            regions[d + p.t3()] = (byte) (d < 0 ? -region : region);
        }
        return regions;
    }

    /** Contexts as they are where a scan or a restart interval begins (A.2.1). */
    void restart() {
        int a = Math.max(2, (parameters.range() + 32) / 64);
        for (int at = 0; at < contexts.length; at += 1 << SHIFT) {
            contexts[at + A] = a;
            contexts[at + B] = 0;
            contexts[at + C] = 0;
            contexts[at + N] = 1;
            contexts[at + K] = k(a, 1);
            contexts[at + FLIP] = 0;
        }
    }

    /** The least k for which N times 2^k is A or more (A.5.1). */
    private static int k(int a, int n) {
        int k = Math.max(0, Integer.numberOfLeadingZeros(n) - Integer.numberOfLeadingZeros(a));
        return n << k < a ? k + 1 : k;
    }

    /** The region of a gradient, -4 to 4 (A.3.3). */
    int region(int gradient) {
        return regions[Math.max(-t3, Math.min(gradient, t3)) + t3];
    }

    /**
     * A sample in regular mode.
     *
     * @param gradients 81 Q1 + 9 Q2 + Q3, negative where the signs are turned (A.3.4), -364 to 364
     * @param left Ra
     * @param above Rb
     * @param aboveLeft Rc
     */
    int regular(int gradients, int left, int above, int aboveLeft) throws MalformedInput {
        int sign = gradients >> 31;
        int at = ((gradients ^ sign) - sign) << SHIFT;
        int[] c = contexts;
        // A.4.1: the median of Ra, Rb and Ra + Rb - Rc
        int low = Math.min(left, above);
        int high = Math.max(left, above);
        int median = Math.max(low, Math.min(high, left + above - aboveLeft));
        int predicted = Math.max(0, Math.min(maxValue, median + ((c[at + C] ^ sign) - sign)));
        int mapped = in.golomb(c[at + K], mostZeros, errorBits);
        if (mapped > mostMapped) {
            throw beyondRange(mapped);
        }
        int error = (mapped >>> 1) ^ -(mapped & 1) ^ c[at + FLIP];
        update(at, error);
        return reconstructed(predicted, (error ^ sign) - sign);
    }

    /** A.6: the context's sums, and the prediction's correction. */
    private void update(int at, int error) {
        int[] c = contexts;
        int a = c[at + A] + Math.abs(error);
        int b = c[at + B] + error * step;
        int n = c[at + N];
        if (n == reset) {
            a >>= 1;
            b >>= 1;
            n >>= 1;
        }
        n++;
        if (b <= -n) {
            b = Math.max(b + n, 1 - n);
            c[at + C] = Math.max(LEAST_C, c[at + C] - 1);
        } else if (b > 0) {
            b = Math.min(b - n, 0);
            c[at + C] = Math.min(MOST_C, c[at + C] + 1);
        }
        int k = k(a, n);
        c[at + A] = a;
        c[at + B] = b;
        c[at + N] = n;
        c[at + K] = k;
        c[at + FLIP] = (near | k) == 0 && 2 * b <= -n ? -1 : 0;
    }

    /** A.4.4, A.4.5: the error undone of its quantization and its reduction modulo RANGE, and added. */
    private int reconstructed(int predicted, int error) {
        int sample = predicted + error * step;
        if (sample < -near) {
            sample += wrap;
        } else if (sample > maxValue + near) {
            sample -= wrap;
        }
        return Math.max(0, Math.min(maxValue, sample));
    }

    /** Whether the neighbours are as good as equal, RItype 1 (A.7.2). */
    boolean alike(int left, int above) {
        return Math.abs(left - above) <= near;
    }

    /** The sample that ends a run where left and above are alike (A.7.2, RItype 1). */
    int interruptionAlike(int left, int runBits) throws MalformedInput {
        return reconstructed(left, interruption(1, runBits));
    }

    /** The sample that ends a run where they are not, and always where samples are interleaved (A.7.2, RItype 0; B.3). */
    int interruption(int left, int above, int runBits) throws MalformedInput {
        int error = interruption(0, runBits);
        return reconstructed(above, left > above ? -error : error);
    }

    /**
     * The error of the sample that ends a run.
     *
     * @param type RItype
     * @param runBits J[RUNindex] of the run, by which the longest code is shorter
     */
    private int interruption(int type, int runBits) throws MalformedInput {
        int at = (GRADIENT_CONTEXTS + type) << SHIFT;
        int[] c = contexts;
        int n = c[at + N];
        int negatives = c[at + B];
        int k = k(type == 0 ? c[at + A] : c[at + A] + (n >> 1), n);
        int mapped = in.golomb(k, mostZeros - runBits - 1, errorBits);
        if (mapped > mostMapped) {
            throw beyondRange(mapped);
        }
        int map = (mapped + type) & 1;
        int size = (mapped + type + map) >> 1;
        boolean negative = size != 0 && (k != 0 || 2 * negatives >= n) == (map == 1);
        int a = c[at + A] + ((mapped + 1 - type) >> 1);
        negatives += negative ? 1 : 0;
        if (n == reset) {
            a >>= 1;
            negatives >>= 1;
            n >>= 1;
        }
        c[at + A] = a;
        c[at + B] = negatives;
        c[at + N] = n + 1;
        return negative ? -size : size;
    }

    /** What a number of errorBits cannot hold would let the sums grow beyond theirs. */
    private MalformedInput beyondRange(int mapped) {
        return Malformed.structure("prediction error beyond its range", in.offset(), mapped);
    }
}
