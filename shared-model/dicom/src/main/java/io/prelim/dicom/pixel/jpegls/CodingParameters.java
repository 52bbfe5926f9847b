package io.prelim.dicom.pixel.jpegls;

import io.prelim.dicom.core.MalformedInput;

/**
 * What a scan is coded by (T.87 A.1, A.2.1, C.2.4.1.1).
 *
 * @param maxValue MAXVAL, the largest sample
 * @param near NEAR
 * @param t1 T1, smallest threshold of a gradient beyond NEAR
 * @param t2 T2
 * @param t3 T3
 * @param reset RESET, after how many samples a context's sums are halved
 * @param range RANGE, how many values a prediction error may take
 * @param errorBits qbpp, bits of such a value
 * @param limit LIMIT, the longest code in bits
 */
record CodingParameters(
        int maxValue, int near, int t1, int t2, int t3, int reset, int range, int errorBits, int limit) {
    private static final int DEFAULT_RESET = 64;

    /**
     * The parameters of a scan: preset, or else as they are by default.
     *
     * @param offset where the scan begins
     */
    static CodingParameters of(int precision, int near, Preset preset, int offset) throws MalformedInput {
        int highest = (1 << precision) - 1;
        int maxValue = preset.maxValue() == 0 ? highest : preset.maxValue();
        require(maxValue <= highest, "MAXVAL beyond the precision", offset, maxValue);
        require(near <= Math.min(255, maxValue / 2), "NEAR out of range", offset, near);
        int t1 = preset.t1() == 0 ? defaultT1(maxValue, near) : preset.t1();
        int t2 = preset.t2() == 0 ? defaultT2(maxValue, near, t1) : preset.t2();
        int t3 = preset.t3() == 0 ? defaultT3(maxValue, near, t2) : preset.t3();
        int reset = preset.reset() == 0 ? DEFAULT_RESET : preset.reset();
        require(t1 > near && t1 <= maxValue, "T1 out of range", offset, t1);
        require(t2 >= t1 && t2 <= maxValue, "T2 out of range", offset, t2);
        require(t3 >= t2 && t3 <= maxValue, "T3 out of range", offset, t3);
        require(reset >= 3 && reset <= Math.max(255, maxValue), "RESET out of range", offset, reset);
        int range = (maxValue + 2 * near) / (2 * near + 1) + 1;
        int sampleBits = Math.max(2, bits(maxValue));
        int limit = 2 * (sampleBits + Math.max(8, sampleBits));
        return new CodingParameters(maxValue, near, t1, t2, t3, reset, range, bits(range - 1), limit);
    }

    private static void require(boolean condition, String what, int offset, int amount) throws MalformedInput {
        if (!condition) {
            throw Malformed.structure(what, offset, amount);
        }
    }

    /** Bits that hold 0 to a value. */
    private static int bits(int value) {
        return 32 - Integer.numberOfLeadingZeros(value);
    }

    private static int defaultT1(int maxValue, int near) {
        int t1 = maxValue >= 128 ? factor(maxValue) + 2 + 3 * near : Math.max(2, 3 / fraction(maxValue) + 3 * near);
        return within(t1, near + 1, maxValue);
    }

    private static int defaultT2(int maxValue, int near, int t1) {
        int t2 = maxValue >= 128 ? factor(maxValue) * 4 + 3 + 5 * near : Math.max(3, 7 / fraction(maxValue) + 5 * near);
        return within(t2, t1, maxValue);
    }

    private static int defaultT3(int maxValue, int near, int t2) {
        int t3 = maxValue >= 128
                ? factor(maxValue) * 17 + 4 + 7 * near
                : Math.max(4, 21 / fraction(maxValue) + 7 * near);
        return within(t3, t2, maxValue);
    }

    /** FACTOR of C.2.4.1.1.1 for samples of 8 bits and more, which stops growing at 12 bits. */
    private static int factor(int maxValue) {
        return (Math.min(maxValue, 4095) + 128) / 256;
    }

    private static int fraction(int maxValue) {
        return 256 / (maxValue + 1);
    }

    /** CLAMP of C.2.4.1.1.1: what lies outside becomes the least. */
    private static int within(int value, int least, int most) {
        return value < least || value > most ? least : value;
    }
}
