package io.prelim.dicom.pixel.render;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.PixelRefusal;

/**
 * The part of a frame that is shown, and the size it must fit into (PS3.18 section 8.3.5.1.3). The picture keeps its aspect ratio: it
 * fills the viewport in one direction and is no larger in the other; nothing is added beside it.
 *
 * @param width pixels of the picture at most, 1 to {@value #MOST_A_SIDE}
 * @param height the same; width × height are at most {@value #MOST_PIXELS}
 * @param left columns of the frame before the part shown, 0 or more
 * @param top rows of the frame above it, 0 or more
 * @param across columns shown, above 0; as many as there are where it says more
 * @param down rows shown, above 0; as many as there are where it says more
 * @param mirrored whether left becomes right
 * @param upsideDown whether top becomes bottom
 */
public record Viewport(
        int width,
        int height,
        double left,
        double top,
        double across,
        double down,
        boolean mirrored,
        boolean upsideDown) {
    /** The longest side of a viewport. */
    public static final int MOST_A_SIDE = 8192;

    /** The most pixels of a viewport. */
    public static final int MOST_PIXELS = 32 << 20;

    private static final double ALL = Double.MAX_VALUE;

    public Viewport {
        require(width >= 1 && height >= 1, "a viewport has pixels");
        require(
                width <= MOST_A_SIDE && height <= MOST_A_SIDE && (long) width * height <= MOST_PIXELS,
                "viewport larger than allowed");
        require(left >= 0 && top >= 0, "the part shown begins in the frame");
        require(across > 0 && down > 0, "the part shown has pixels");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The whole frame, as large as it fits. */
    public static Viewport fit(int width, int height) {
        return new Viewport(width, height, 0, 0, ALL, ALL, false, false);
    }

    /**
     * The viewport of the query parameter {@code viewport=vw,vh[,sx,sy,sw,sh]}; of the last four each may be empty. A negative sw
     * mirrors, a negative sh turns upside down.
     *
     * @throws MalformedInput when it is none (STRUCTURE) or too large (LIMIT)
     */
    public static Viewport parse(String value) throws MalformedInput {
        String[] words = value.split(",", -1);
        if (words.length < 2 || words.length > 6) {
            throw PixelRefusal.parameter("viewport other than vw,vh,sx,sy,sw,sh");
        }
        int width = QueryNumber.integer(words[0]);
        int height = QueryNumber.integer(words[1]);
        double left = decimal(words, 2, 0);
        double top = decimal(words, 3, 0);
        double across = decimal(words, 4, ALL);
        double down = decimal(words, 5, ALL);
        if (width == 0 || height == 0 || left < 0 || top < 0 || across == 0 || down == 0) {
            throw PixelRefusal.parameter("viewport without pixels");
        }
        if (width > MOST_A_SIDE || height > MOST_A_SIDE || (long) width * height > MOST_PIXELS) {
            throw PixelRefusal.limit("viewport larger than allowed", Math.max(width, height));
        }
        return new Viewport(width, height, left, top, Math.abs(across), Math.abs(down), across < 0, down < 0);
    }

    private static double decimal(String[] words, int index, double absent) throws MalformedInput {
        return index >= words.length || words[index].isEmpty() ? absent : QueryNumber.decimal(words[index]);
    }
}
