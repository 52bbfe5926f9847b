package io.prelim.dicom.pixel.render;

/**
 * How samples along one direction come from others: made fewer, each is the mean of what it covers; made more, it lies on the line
 * between the two nearest.
 */
final class Axis {
    private final int[] first;
    private final float[] weights;
    private final int taps;

    /**
     * @param size samples there are
     * @param start where the part that is taken begins, 0 to size; none is made of samples beside it
     * @param length how long it is, above 0; it ends at size at most
     * @param count samples that are made of it, 1 or more
     * @param reversed whether the last comes first
     */
    Axis(int size, double start, double length, int count, boolean reversed) {
        double step = length / count;
        this.taps = step > 1 ? (int) Math.ceil(step) + 1 : 2;
        this.first = new int[count];
        this.weights = new float[count * taps];
        int least = Math.min(size - 1, (int) start);
        int greatest = Math.max(least, Math.min(size, (int) Math.ceil(start + length)) - 1);
        for (int i = 0; i < count; i++) {
            int to = reversed ? count - 1 - i : i;
            if (step > 1) {
                cover(to, start + i * step, start + (i + 1) * step, size);
            } else {
                between(to, start + (i + 0.5) * step - 0.5, least, greatest);
            }
        }
    }

    /** The mean from one place to another. */
    private void cover(int to, double from, double until, int size) {
        int begin = Math.min(size - 1, (int) from);
        first[to] = begin;
        for (int tap = 0; tap < taps && begin + tap < size; tap++) {
            double part = Math.min(until, begin + tap + 1.0) - Math.max(from, begin + tap);
            weights[to * taps + tap] = (float) (Math.max(0, part) / (until - from));
        }
    }

    /** A place between the middles of two samples. */
    private void between(int to, double place, int least, int greatest) {
        double inside = Math.max(least, Math.min(greatest, place));
        int begin = Math.max(least, Math.min(greatest - 1, (int) inside));
        first[to] = begin;
        weights[to * taps] = (float) (begin + 1 - inside);
        weights[to * taps + 1] = (float) (inside - begin);
    }

    /** Samples that are made. */
    int count() {
        return first.length;
    }

    /** The first sample that one is made of. */
    int first(int index) {
        return first[index];
    }

    /** Samples that one is made of, at most; the weight of those beyond the last there is, is 0. */
    int taps() {
        return taps;
    }

    /** The share of the sample at {@code first(index) + tap}. */
    float weight(int index, int tap) {
        return weights[index * taps + tap];
    }
}
