package io.prelim.inference.prepare;

import io.prelim.inference.model.Preparation.Normalisation;
import java.util.List;
import java.util.Optional;

/** {@code (v · scale - mean) / std} of one channel. */
record ChannelScale(double scale, double mean, double std) {
    private static final ChannelScale NONE = new ChannelScale(1, 0, 1);

    static ChannelScale of(Optional<Normalisation> normalisation, int channel) {
        return normalisation
                .map(by -> new ChannelScale(by.scale(), of(by.mean(), channel), of(by.std(), channel)))
                .orElse(NONE);
    }

    private static double of(List<Double> values, int channel) {
        return values.get(values.size() == 1 ? 0 : channel);
    }

    float apply(double value) {
        return (float) ((value * scale - mean) / std);
    }
}
