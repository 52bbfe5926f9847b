package io.prelim.dicom.pixel.jpegls;

import java.util.Random;

/** Images of each kind that codes differently; samples by pixel. */
enum Images {
    /** Prediction without error, and one that is corrected. */
    RAMP {
        @Override
        int sample(int x, int y, int component, int most, Random random) {
            return (x * 3 + y * 5 + component * 7) & most;
        }
    },
    /** Every error there may be, long codes, errors modulo RANGE. */
    NOISE {
        @Override
        int sample(int x, int y, int component, int most, Random random) {
            return random.nextInt(most + 1);
        }
    },
    /** Smooth with a little noise, as what a scanner sends. */
    SCAN {
        @Override
        int sample(int x, int y, int component, int most, Random random) {
            double wave = Math.sin(x / 19.0 + component) * Math.cos(y / 23.0) * 0.4 + 0.5;
            return (int) Math.max(0, Math.min(most, wave * most + random.nextGaussian() * most / 200));
        }
    },
    /** Runs that are interrupted, from black to white and back. */
    EDGES {
        @Override
        int sample(int x, int y, int component, int most, Random random) {
            boolean inside = (x / 13 + y / 7 + component / 2) % 3 == 0;
            return inside ? most - y / 9 % 2 : random.nextInt(97) == 0 ? most / 2 : 0;
        }
    },
    /** One run a line. */
    CONSTANT {
        @Override
        int sample(int x, int y, int component, int most, Random random) {
            return most / 3;
        }
    };

    abstract int sample(int x, int y, int component, int most, Random random);

    /** The same samples each time. */
    int[] of(int width, int height, int components, int maxValue) {
        Random random = new Random(width * 31L + height);
        int[] samples = new int[width * height * components];
        for (int i = 0; i < samples.length; i++) {
            int pixel = i / components;
            int sample = sample(pixel % width, pixel / width, i % components, maxValue, random);
            samples[i] = Math.min(maxValue, sample);
        }
        return samples;
    }
}
