package io.prelim.chaos.seed;

import java.util.Random;
import java.util.SplittableRandom;

/** Sources of chance that the seed of a run decides, each by a number of its own. */
public final class Seeds {
    private static final long APART = 0x9E37_79B9_7F4A_7C15L;

    private Seeds() {}

    /**
     * A source for one thing.
     *
     * @param number neighbours give sources that have nothing in common, which {@link Random} by itself does not promise
     */
    public static Random random(long seed, long number) {
        return new Random(new SplittableRandom(seed * APART + number).nextLong());
    }
}
