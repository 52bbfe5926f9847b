package io.prelim.inference.prepare;

import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.Photometric;
import io.prelim.dicom.pixel.render.Colour;
import io.prelim.dicom.pixel.render.ModalityTransform;
import java.util.function.DoubleUnaryOperator;

/** Greys of a frame: stored value, or the luminance of three, then modality transform, then what a window makes of it. */
final class GreyRows implements Rows {
    private static final float RED = 0.299f;
    private static final float GREEN = 0.587f;
    private static final float BLUE = 0.114f;
    /** Up to so many bits, each stored value is worked out once. */
    private static final int TABLED_BITS = 16;

    private final Frame frame;
    private final ImageDescription image;
    private final ModalityTransform.Rescale modality;
    private final DoubleUnaryOperator after;
    /** By the bits stored; null where that is not what a grey comes from alone. */
    private final float[] table;
    /** Red, green, blue of differences that are not one a pixel; else null. */
    private final byte[] rgb;
    /** One row's, where they are looked up in the table. */
    private final char[] samples;

    GreyRows(Frame frame, ModalityTransform.Rescale modality, DoubleUnaryOperator after) {
        this.frame = frame;
        this.image = frame.image();
        this.modality = modality;
        this.after = after;
        boolean first = image.samples() == 1 || image.photometric() == Photometric.YBR_FULL;
        this.table = first && image.bitsStored() <= TABLED_BITS ? table() : null;
        this.samples = new char[table == null ? 0 : image.columns()];
        this.rgb = first || image.photometric() == Photometric.RGB ? null : Colour.rgb(frame);
    }

    private float[] table() {
        float[] values = new float[1 << image.bitsStored()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(image.signed() && i > image.greatest() ? i - values.length : i);
        }
        return values;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public void read(int channel, int row, float[] into) {
        int columns = image.columns();
        long first = (long) row * columns;
        if (rgb != null || image.photometric() == Photometric.RGB) {
            for (int x = 0; x < columns; x++) {
                into[x] = value(luminance(first + x));
            }
            return;
        }
        // of YBR_FULL luminance is the first sample (PS3.3 section C.7.6.3.1.2)
        int step = image.samples() == 1 || image.planar() ? 1 : image.samples();
        if (table == null) {
            for (int x = 0; x < columns; x++) {
                into[x] = value(frame.stored((first + x) * step));
            }
            return;
        }
        frame.patterns(first * step, step, samples);
        for (int x = 0; x < columns; x++) {
            into[x] = table[samples[x]];
        }
    }

    private float luminance(long pixel) {
        if (rgb != null) {
            int at = (int) (3 * pixel);
            return RED * (rgb[at] & 0xFF) + GREEN * (rgb[at + 1] & 0xFF) + BLUE * (rgb[at + 2] & 0xFF);
        }
        long at = image.planar() ? pixel : 3 * pixel;
        long step = image.planar() ? image.pixels() : 1;
        return RED * frame.stored(at) + GREEN * frame.stored(at + step) + BLUE * frame.stored(at + 2 * step);
    }

    private float value(double stored) {
        return (float) after.applyAsDouble(stored * modality.slope() + modality.intercept());
    }
}
