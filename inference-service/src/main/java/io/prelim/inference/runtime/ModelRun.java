package io.prelim.inference.runtime;

import java.util.Map;

/**
 * What a run gave.
 *
 * @param outputs  the score output and the scope output, by name
 * @param attempts processes it took, 1 or more
 */
public record ModelRun(Map<String, float[]> outputs, int attempts) {}
