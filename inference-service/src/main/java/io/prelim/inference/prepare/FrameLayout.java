package io.prelim.inference.prepare;

import io.prelim.inference.model.Preparation.CropPad;
import io.prelim.inference.model.Preparation.Layout;
import io.prelim.inference.model.Preparation.SingleFrame;

/** The last steps: planes of an image are cut or filled up, normalised, and laid out. */
final class FrameLayout {
    private FrameLayout() {}

    /** @param planes one, or one a channel; may become the tensor's */
    static Tensor tensor(SingleFrame how, float[] planes, int width, int height) {
        int channels = how.colour().channels();
        boolean interleaved = how.layout() == Layout.NHWC && channels > 1;
        if (how.cropPad().isEmpty()
                && how.normalisation().isEmpty()
                && !interleaved
                && planes.length == channels * width * height) {
            return new Tensor(planes, how.shape());
        }
        int columns = how.width();
        int rows = how.height();
        int left = centred(width, columns);
        int top = centred(height, rows);
        int step = interleaved ? channels : 1;
        double fill = how.cropPad().map(CropPad::value).orElse(0.0);
        float[] values = new float[Math.multiplyExact(channels, Math.multiplyExact(columns, rows))];
        for (int channel = 0; channel < channels; channel++) {
            ChannelScale scale = ChannelScale.of(how.normalisation(), channel);
            int first = planes.length == width * height ? 0 : channel * width * height;
            float filled = scale.apply(fill);
            int at = interleaved ? channel : channel * columns * rows;
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns; x++) {
                    boolean inside = within(y + top, height) && within(x + left, width);
                    values[at] = inside ? scale.apply(planes[first + (y + top) * width + x + left]) : filled;
                    at += step;
                }
            }
        }
        return new Tensor(values, how.shape());
    }

    /** Where the first of {@code wanted} lies among {@code there}, negative before them; what is odd goes to the end. */
    static int centred(int there, int wanted) {
        return (there - wanted) / 2;
    }

    static boolean within(int index, int size) {
        return index >= 0 && index < size;
    }
}
