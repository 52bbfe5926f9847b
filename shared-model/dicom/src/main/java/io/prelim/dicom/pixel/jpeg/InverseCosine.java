package io.prelim.dicom.pixel.jpeg;

/**
 * The inverse discrete cosine transform of a block (ITU-T T.81 annex A.3.3) in whole numbers, by the factorisation of Loeffler,
 * Ligtenberg and Moschytz (ICASSP 1989). Constants have 13 bits after the point, and a bit or two more are kept between the
 * passes, as in the implementations that reference images come from, so that samples are the same ones.
 */
final class InverseCosine {
    private static final int POINT = 13;

    /** Rotation of the even half by 3π/8, and of the odd half by the paper's c1, c3, c5, c7. */
    private static final int EVEN = fixed(0.541196100);

    private static final int EVEN_PLUS = fixed(0.765366865);
    private static final int EVEN_MINUS = fixed(1.847759065);
    private static final int ODD = fixed(1.175875602);
    private static final int ODD_7 = fixed(0.298631336);
    private static final int ODD_5 = fixed(2.053119869);
    private static final int ODD_3 = fixed(3.072711026);
    private static final int ODD_1 = fixed(1.501321110);
    private static final int ODD_71 = fixed(0.899976223);
    private static final int ODD_53 = fixed(2.562915447);
    private static final int ODD_73 = fixed(1.961570560);
    private static final int ODD_51 = fixed(0.390180644);

    private InverseCosine() {}

    private static int fixed(double constant) {
        return (int) Math.round(constant * (1 << POINT));
    }

    /**
     * In place: 64 coefficients, row by row, to samples around zero.
     *
     * @param precision 8 or 12: of fewer bits, one more is kept
     */
    static void transform(int[] block, int precision) {
        int kept = precision == 8 ? 2 : 1;
        for (int column = 0; column < 8; column++) {
            line(block, column, 8, POINT - kept);
        }
        for (int row = 0; row < 8; row++) {
            line(block, 8 * row, 1, POINT + kept + 3);
        }
    }

    /** Eight numbers of a column or row, whose results lose so many bits. */
    private static void line(int[] block, int first, int step, int drop) {
        long c0 = block[first];
        long c1 = block[first + step];
        long c2 = block[first + 2 * step];
        long c3 = block[first + 3 * step];
        long c4 = block[first + 4 * step];
        long c5 = block[first + 5 * step];
        long c6 = block[first + 6 * step];
        long c7 = block[first + 7 * step];

        long turned = (c2 + c6) * EVEN;
        long inner = turned - c6 * EVEN_MINUS;
        long outer = turned + c2 * EVEN_PLUS;
        long sum = (c0 + c4) << POINT;
        long difference = (c0 - c4) << POINT;
        long[] even = {sum + outer, difference + inner, difference - inner, sum - outer};

        long all = (c7 + c3 + c5 + c1) * ODD;
        long z73 = all - (c7 + c3) * ODD_73;
        long z51 = all - (c5 + c1) * ODD_51;
        long z71 = -(c7 + c1) * ODD_71;
        long z53 = -(c5 + c3) * ODD_53;
        long[] odd = {c1 * ODD_1 + z71 + z51, c3 * ODD_3 + z53 + z73, c5 * ODD_5 + z53 + z51, c7 * ODD_7 + z71 + z73};

        long half = 1L << (drop - 1);
        for (int i = 0; i < 4; i++) {
            block[first + i * step] = (int) ((even[i] + odd[i] + half) >> drop);
            block[first + (7 - i) * step] = (int) ((even[i] - odd[i] + half) >> drop);
        }
    }
}
