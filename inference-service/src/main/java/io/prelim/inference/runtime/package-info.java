/**
 * ONNX Runtime and nothing else: the only place that imports {@code ai.onnxruntime}. A graph is inspected before it is loaded, and
 * proved by a run before it is used. {@code analyze} and {@code start} call it; it knows {@code model} alone.
 */
package io.prelim.inference.runtime;
