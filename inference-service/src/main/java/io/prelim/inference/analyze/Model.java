package io.prelim.inference.analyze;

import io.prelim.inference.runtime.ModelFailure;
import io.prelim.inference.runtime.ModelRun;

/** What runs a tensor: a session of the runtime, or whatever stands for it. */
@FunctionalInterface
public interface Model {
    /** See {@link io.prelim.inference.runtime.ModelSession#run}. */
    ModelRun run(float[] values, long[] shape) throws ModelFailure, InterruptedException;
}
