package io.prelim.inference.prepare;

import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.render.Colour;

/** Red, green and blue of a frame, 8 bits each. */
final class ColourRows implements Rows {
    private final byte[] rgb;
    private final int columns;
    private final float most;

    /**
     * @param frame of RGB or YBR
     * @param most  what the brightest becomes
     */
    ColourRows(Frame frame, float most) {
        this.rgb = Colour.rgb(frame);
        this.columns = frame.image().columns();
        this.most = most;
    }

    @Override
    public int channels() {
        return 3;
    }

    @Override
    public void read(int channel, int row, float[] into) {
        int first = 3 * row * columns + channel;
        for (int x = 0; x < columns; x++) {
            into[x] = (rgb[first + 3 * x] & 0xFF) * most / 255;
        }
    }
}
