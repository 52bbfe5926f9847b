package io.prelim.inference.evidence;

import java.util.Optional;

/**
 * The shape of an output that holds saliency maps: one for all findings, or one for each index of the score output.
 *
 * @param channels maps, 1 or more
 */
public record MapShape(int channels, int height, int width) {
    /** Of all maps together. */
    public static final int MAX_VALUES = 1 << 24;

    private static final int MOST_SIDES = 4;

    /** @param sides {@code [1, channels, height, width]}, or without the leading ones; anything else is empty */
    public static Optional<MapShape> of(long[] sides) {
        if (sides.length < 2 || sides.length > MOST_SIDES || (sides.length == MOST_SIDES && sides[0] != 1)) {
            return Optional.empty();
        }
        long values = 1;
        for (long side : sides) {
            if (side < 1 || side > MAX_VALUES / values) {
                return Optional.empty();
            }
            values *= side;
        }
        int last = sides.length - 1;
        long channels = sides.length == 2 ? 1 : sides[last - 2];
        return Optional.of(new MapShape((int) channels, (int) sides[last - 1], (int) sides[last]));
    }

    /** Whether there is a map for this index of the score output. */
    public boolean has(int index) {
        return channels == 1 || index < channels;
    }

    /** Where the map for an index of the score output begins among all values. */
    public int first(int index) {
        return channels == 1 ? 0 : index * height * width;
    }
}
