package io.prelim.inference.prepare;

import io.prelim.inference.model.Preparation.Intensity;
import io.prelim.inference.model.Preparation.Percentile;

/** Scales values by what they are, all channels together. */
final class IntensityScale {
    private static final double LEAST_SPREAD = 1e-6;

    private IntensityScale() {}

    /** In place. */
    static void apply(Intensity intensity, float[] values) {
        if (intensity instanceof Percentile percentile) {
            PercentileRange.of(values, percentile).apply(values);
        } else {
            standardise(values);
        }
    }

    private static void standardise(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.max(Math.sqrt(squares / values.length), LEAST_SPREAD);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((values[i] - mean) / deviation);
        }
    }
}
