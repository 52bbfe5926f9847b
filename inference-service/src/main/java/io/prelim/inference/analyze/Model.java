package io.prelim.inference.analyze;

import io.prelim.inference.runtime.ModelFailure;
import java.util.Map;

/** What runs a tensor: a session of the runtime, or whatever stands for it. */
@FunctionalInterface
public interface Model {
    /** @return outputs by name, see {@link io.prelim.inference.runtime.ModelSession#run} */
    Map<String, float[]> run(float[] values, long[] shape) throws ModelFailure;
}
