package io.prelim.inference.prepare;

/** Values of an image, row by row, so that a resize need not hold them all. */
interface Rows {
    /** 1, or 3: red, green, blue. */
    int channels();

    /** @param into receives one value a column */
    void read(int channel, int row, float[] into);
}
