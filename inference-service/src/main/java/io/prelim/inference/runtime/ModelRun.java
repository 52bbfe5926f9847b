package io.prelim.inference.runtime;

import java.util.Map;

/**
 * What a run gave.
 *
 * @param outputs  the score output, and those of scope and saliency where the manifest names them, by name
 * @param shapes   the sides of each output, by name; not to be changed
 * @param attempts processes it took, 1 or more
 */
public record ModelRun(Map<String, float[]> outputs, Map<String, long[]> shapes, int attempts) {
    /** One of which nobody asks for shapes. */
    public ModelRun(Map<String, float[]> outputs, int attempts) {
        this(outputs, Map.of(), attempts);
    }
}
