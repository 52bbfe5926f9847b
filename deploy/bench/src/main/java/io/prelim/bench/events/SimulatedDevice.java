package io.prelim.bench.events;

import io.prelim.inference.analyze.Model;
import io.prelim.inference.runtime.ModelRun;
import java.time.Duration;
import java.util.Map;

/** Stands for an accelerator: takes a fixed time, none of the processor's, and says the same of everything. */
record SimulatedDevice(Duration latency) implements Model {
    @Override
    public ModelRun run(float[] values, long[] shape) throws InterruptedException {
        if (!latency.isZero()) {
            Thread.sleep(latency.toMillis());
        }
        return new ModelRun(Map.of("logit", new float[] {1}), Map.of(), 1, "SIMULATED", latency);
    }
}
