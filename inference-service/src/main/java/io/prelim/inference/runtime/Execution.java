package io.prelim.inference.runtime;

import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.runtime.host.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where and how the sessions of this process run.
 *
 * @param device    number of the GPU, from 0; of no account on CPU
 * @param batch     inputs of one run at most, 1 or more
 * @param maxMemory bytes that no model's process may exceed
 */
public record Execution(Provider provider, int device, int batch, long maxMemory) {
    /** On CPU, one input a run. */
    public static final Execution CPU = new Execution(Provider.CPU, 0, 1, 4L << 30);

    /** Java, ONNX Runtime, and activations of a small model. */
    private static final long BASE = 512L << 20;

    private static final int OF_WEIGHTS = 4;
    private static final int OF_INPUT = 64;

    /** A GPU that has to wake up takes its time. */
    private static final Duration PROBE = Duration.ofMinutes(1);

    /**
     * Bytes that a model's process may take: what its manifest claims, or else what a model of its size is likely to need, and never more
     * than {@link #maxMemory}.
     */
    long memory(ModelPackage modelPackage) {
        long[] shape = modelPackage.manifest().input().preparation().shape();
        long input = (long) Float.BYTES * batch;
        for (long dimension : shape) {
            input *= dimension;
        }
        long likely = BASE + OF_WEIGHTS * (long) modelPackage.model().length + OF_INPUT * input;
        return Math.min(maxMemory, modelPackage.manifest().limits().memory().orElse(likely));
    }

    /** Runs a graph that gives back its input. Returns why that did not succeed; empty if it did. */
    public Optional<String> probe() {
        try (InputStream graph = Execution.class.getResourceAsStream("probe.onnx")) {
            HostProcess.start(graph.readAllBytes(), "in", List.of(1L), List.of("out"), this, maxMemory, PROBE)
                    .kill();
            return Optional.empty();
        } catch (ModelFailure | HostEnded e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
