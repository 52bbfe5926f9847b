package io.prelim.inference.runtime.host;

/** What computes a session: ONNX Runtime's execution providers that Prelim knows. The name stands in every outcome. */
public enum Provider {
    CPU,
    /** An NVIDIA GPU; ONNX Runtime leaves what it cannot do to the CPU. */
    CUDA
}
