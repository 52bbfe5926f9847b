package io.prelim.inference.runtime.host;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The memory that ONNX Runtime reads the inputs from and writes the outputs to, in place, and tensors over it for each size of a batch. */
final class Pinned {
    private final long itemValues;
    private final ByteBuffer input;
    private final List<Long> sizes = new ArrayList<>();
    private final List<ByteBuffer> outputs = new ArrayList<>();
    private final List<Map<String, OnnxTensor>> inputTensors = new ArrayList<>();
    private final List<Map<String, OnnxTensor>> outputTensors = new ArrayList<>();

    /**
     * @param batch  items of one run at most; more than 1 only where each shape begins with 1, the batch axis
     * @param shapes of each output for one item
     */
    Pinned(OrtEnvironment environment, SessionSpec spec, int batch, Map<String, long[]> shapes) throws OrtException {
        itemValues = spec.values();
        input = floats(batch * itemValues);
        shapes.values().forEach(shape -> {
            sizes.add(product(shape));
            outputs.add(floats(batch * product(shape)));
        });
        long[] shape = spec.shape().stream().mapToLong(Long::longValue).toArray();
        for (int items = 1; items <= batch; items++) {
            inputTensors.add(Map.of(spec.input(), tensor(environment, input, shape, items)));
            Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
            for (Map.Entry<String, long[]> output : shapes.entrySet()) {
                pinned.put(output.getKey(), tensor(environment, outputs.get(pinned.size()), output.getValue(), items));
            }
            outputTensors.add(pinned);
        }
    }

    int batch() {
        return inputTensors.size();
    }

    /** Values of each output for one item. */
    List<Long> sizes() {
        return sizes;
    }

    /** The values of so many items in native byte order, to be filled from the start. */
    ByteBuffer input(int items) {
        return part(input, items * itemValues);
    }

    /** What the last run of so many items gave: 32-bit floats in native byte order, for each wanted output item after item. */
    List<ByteBuffer> outputs(int items) {
        List<ByteBuffer> parts = new ArrayList<>();
        for (ByteBuffer output : outputs) {
            parts.add(part(output, items * sizes.get(parts.size())));
        }
        return parts;
    }

    Map<String, OnnxTensor> inputs(int items) {
        return inputTensors.get(items - 1);
    }

    Map<String, OnnxTensor> pins(int items) {
        return outputTensors.get(items - 1);
    }

    private static OnnxTensor tensor(OrtEnvironment environment, ByteBuffer memory, long[] itemShape, int items)
            throws OrtException {
        long[] shape = itemShape.clone();
        if (items > 1) {
            shape[0] = items;
        }
        return OnnxTensor.createTensor(environment, part(memory, product(shape)).asFloatBuffer(), shape);
    }

    private static ByteBuffer part(ByteBuffer memory, long values) {
        return memory.slice(0, Math.toIntExact(values * Float.BYTES)).order(ByteOrder.nativeOrder());
    }

    private static ByteBuffer floats(long count) {
        return ByteBuffer.allocateDirect(Math.toIntExact(Math.multiplyExact(count, Float.BYTES)))
                .order(ByteOrder.nativeOrder());
    }

    private static long product(long[] shape) {
        long product = 1;
        for (long dimension : shape) {
            product = Math.multiplyExact(product, dimension);
        }
        return product;
    }
}
