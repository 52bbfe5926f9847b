/**
 * The process a model runs in: one session of ONNX Runtime, asked over its standard input and answering over its standard output. Needs the
 * JDK and ONNX Runtime alone, and ends with the process that started it.
 */
package io.prelim.inference.runtime.host;
