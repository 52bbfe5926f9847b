package io.prelim.inference.prepare;

import io.prelim.inference.model.Preparation.CropPad;
import io.prelim.inference.model.Preparation.Layout;
import io.prelim.inference.model.Preparation.SingleFrame;

/** The last steps: planes of an image are cut or filled up, normalised, and laid out. */
final class FrameLayout {
    private FrameLayout() {}

    /** @param planes one, or one a channel */
    static Tensor tensor(SingleFrame how, float[] planes, int width, int height) {
        int channels = how.colour().channels();
        int plane = width * height;
        int left = centred(width, how.width());
        int top = centred(height, how.height());
        double fill = how.cropPad().map(CropPad::value).orElse(0.0);
        float[] values = new float[Math.multiplyExact(channels, Math.multiplyExact(how.width(), how.height()))];
        for (int channel = 0; channel < channels; channel++) {
            ChannelScale scale = ChannelScale.of(how.normalisation(), channel);
            int first = planes.length == plane ? 0 : channel * plane;
            float filled = scale.apply(fill);
            for (int y = 0; y < how.height(); y++) {
                for (int x = 0; x < how.width(); x++) {
                    boolean inside = within(y + top, height) && within(x + left, width);
                    values[index(how, channel, y, x)] =
                            inside ? scale.apply(planes[first + (y + top) * width + x + left]) : filled;
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

    private static int index(SingleFrame how, int channel, int y, int x) {
        return how.layout() == Layout.NCHW
                ? (channel * how.height() + y) * how.width() + x
                : (y * how.width() + x) * how.colour().channels() + channel;
    }
}
