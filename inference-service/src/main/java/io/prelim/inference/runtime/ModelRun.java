package io.prelim.inference.runtime;

import java.time.Duration;
import java.util.Map;

/**
 * What a run gave.
 *
 * @param outputs  the score output, and those of scope and saliency where the manifest names them, by name
 * @param shapes   the sides of each output, by name; not to be changed
 * @param attempts runs it took, 1 or more
 * @param provider ONNX Runtime's execution provider that computed it, such as {@code CPU}
 * @param took     from input to outputs, all attempts together, without the wait for a free session or for others of a batch
 */
public record ModelRun(
        Map<String, float[]> outputs, Map<String, long[]> shapes, int attempts, String provider, Duration took) {
    /** One of which nobody asks for shapes or time. */
    public ModelRun(Map<String, float[]> outputs, int attempts, String provider) {
        this(outputs, Map.of(), attempts, provider, Duration.ZERO);
    }
}
