package io.prelim.inference.runtime.host;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The memory that ONNX Runtime reads the inputs from and writes the outputs to, in place, and tensors over it for each size of a batch. */
final class Pinned {
    private final long itemValues;
    private final ByteBuffer input;
    private final List<long[]> shapes = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private final List<Map<String, OnnxTensor>> inputTensors = new ArrayList<>();
    private final List<Map<String, OnnxTensor>> outputTensors = new ArrayList<>();

    /**
     * @param batch  items of one run at most; more than 1 only where each shape begins with 1, the batch axis
     * @param proven each output for one item
     */
    Pinned(OrtEnvironment environment, SessionSpec spec, int batch, Map<String, TensorInfo> proven)
            throws OrtException {
        itemValues = spec.values();
        input = Output.memory(batch * itemValues, Float.BYTES);
        for (TensorInfo info : proven.values()) {
            shapes.add(info.getShape());
            outputs.add(new Output(info.type, batch * info.getNumElements()));
        }
        long[] shape = spec.shape().stream().mapToLong(Long::longValue).toArray();
        for (int items = 1; items <= batch; items++) {
            inputTensors.add(Map.of(
                    spec.input(),
                    OnnxTensor.createTensor(environment, input(items).asFloatBuffer(), of(shape, items))));
            Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
            for (String name : proven.keySet()) {
                int index = pinned.size();
                pinned.put(name, outputs.get(index).tensor(environment, of(shapes.get(index), items)));
            }
            outputTensors.add(pinned);
        }
    }

    int batch() {
        return inputTensors.size();
    }

    /** Of each output for one item. */
    List<long[]> shapes() {
        return shapes;
    }

    /** Values of an output for one item. */
    long size(int index) {
        return Output.count(shapes.get(index));
    }

    /** The values of so many items in native byte order, to be filled from the start. */
    ByteBuffer input(int items) {
        return Output.part(input, items * itemValues, Float.BYTES);
    }

    /** What the last run of so many items gave: 32-bit floats in native byte order, for each wanted output item after item. */
    List<ByteBuffer> outputs(int items) {
        List<ByteBuffer> parts = new ArrayList<>();
        for (Output output : outputs) {
            parts.add(output.floats(items * size(parts.size())));
        }
        return parts;
    }

    /** Makes what a run of so many items wrote readable as floats. */
    void convert(int items) {
        for (int index = 0; index < outputs.size(); index++) {
            outputs.get(index).convert(items * size(index));
        }
    }

    Map<String, OnnxTensor> inputs(int items) {
        return inputTensors.get(items - 1);
    }

    Map<String, OnnxTensor> pins(int items) {
        return outputTensors.get(items - 1);
    }

    private static long[] of(long[] itemShape, int items) {
        long[] shape = itemShape.clone();
        if (items > 1) {
            shape[0] = items;
        }
        return shape;
    }
}
