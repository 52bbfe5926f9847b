package io.prelim.inference.runtime;

import java.util.Map;

/**
 * What a run gave.
 *
 * @param outputs  the score output and the scope output, by name
 * @param attempts runs it took, 1 or more
 * @param provider ONNX Runtime's execution provider that computed it, such as {@code CPU}
 */
public record ModelRun(Map<String, float[]> outputs, int attempts, String provider) {}
