package io.prelim.inference.prepare;

/** Reads grey values row by row: stored value → rescale → MONOCHROME1 inverted within the range of the bits stored. */
final class GreyRows {
    private static final float RED = 0.299f;
    private static final float GREEN = 0.587f;
    private static final float BLUE = 0.114f;

    private final PixelLayout layout;
    private final byte[] pixels;
    private final int mask;
    private final int signBit;
    private final float slope;
    private final float intercept;

    /** @param pixels at least {@link PixelLayout#length} bytes */
    GreyRows(PixelLayout layout, byte[] pixels) {
        if (pixels.length < layout.length()) {
            throw new IllegalArgumentException(pixels.length + " bytes of " + layout.length());
        }
        this.layout = layout;
        this.pixels = pixels;
        this.mask = (1 << layout.bitsStored()) - 1;
        this.signBit = layout.signed() ? 1 << (layout.bitsStored() - 1) : 0;
        if (layout.colour() == PixelLayout.Colour.INVERTED) {
            // least + most - stored, rescaled; the range is 0..2^n-1, or -2^(n-1)..2^(n-1)-1 where signed
            int ends = layout.signed() ? -1 : mask;
            this.slope = (float) -layout.slope();
            this.intercept = (float) (layout.slope() * ends + layout.intercept());
        } else {
            this.slope = (float) layout.slope();
            this.intercept = (float) layout.intercept();
        }
    }

    /** @param grey receives one value a column */
    void read(int row, float[] grey) {
        int columns = layout.columns();
        int first = row * columns;
        if (layout.colour() == PixelLayout.Colour.RGB) {
            int plane = layout.planar() ? layout.rows() * columns : 1;
            int step = layout.planar() ? 1 : 3;
            for (int x = 0; x < columns; x++) {
                int at = (first + x) * step;
                float value = RED * stored(at) + GREEN * stored(at + plane) + BLUE * stored(at + 2 * plane);
                grey[x] = value * slope + intercept;
            }
            return;
        }
        int step = layout.colour() == PixelLayout.Colour.YBR && !layout.planar() ? 3 : 1;
        for (int x = 0; x < columns; x++) {
            grey[x] = stored((first + x) * step) * slope + intercept;
        }
    }

    /** PS3.5 8.1.1: bits outside the stored ones mean nothing here. */
    private int stored(int sample) {
        int word = layout.bytesPerSample() == 1
                ? pixels[sample] & 0xFF
                : (pixels[2 * sample] & 0xFF) | (pixels[2 * sample + 1] & 0xFF) << 8;
        int value = (word >>> layout.shift()) & mask;
        return (value & signBit) == 0 ? value : value - (mask + 1);
    }
}
