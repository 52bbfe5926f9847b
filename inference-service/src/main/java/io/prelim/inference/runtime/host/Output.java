package io.prelim.inference.runtime.host;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;

/** Memory that ONNX Runtime writes an output to, and the output as 32-bit floats: whole numbers, such as labels, are converted. */
final class Output {
    static final Set<OnnxJavaType> TYPES =
            Set.of(OnnxJavaType.FLOAT, OnnxJavaType.INT32, OnnxJavaType.INT64, OnnxJavaType.UINT8);

    private final OnnxJavaType type;
    private final ByteBuffer written;
    private final ByteBuffer floats;

    /**
     * @param type  one of {@link #TYPES}
     * @param count values
     */
    Output(OnnxJavaType type, long count) {
        this.type = type;
        this.written = memory(count, type.size);
        this.floats = type == OnnxJavaType.FLOAT ? written : memory(count, Float.BYTES);
    }

    /** In native byte order. */
    static ByteBuffer memory(long count, int bytes) {
        return ByteBuffer.allocateDirect(Math.toIntExact(Math.multiplyExact(count, bytes)))
                .order(ByteOrder.nativeOrder());
    }

    /** A tensor over the memory's beginning. */
    OnnxTensor tensor(OrtEnvironment environment, long[] shape) throws OrtException {
        ByteBuffer part = part(written, count(shape), type.size);
        return switch (type) {
            case FLOAT -> OnnxTensor.createTensor(environment, part.asFloatBuffer(), shape);
            case INT32 -> OnnxTensor.createTensor(environment, part.asIntBuffer(), shape);
            case INT64 -> OnnxTensor.createTensor(environment, part.asLongBuffer(), shape);
            case UINT8 -> OnnxTensor.createTensor(environment, part, shape, OnnxJavaType.UINT8);
            default -> throw new IllegalStateException("an output of " + type);
        };
    }

    /** So many values from what was written; floats are there already. */
    void convert(long count) {
        for (int i = 0; type != OnnxJavaType.FLOAT && i < count; i++) {
            floats.putFloat(Float.BYTES * i, value(i));
        }
    }

    private float value(int index) {
        return switch (type) {
            case INT32 -> written.getInt(Integer.BYTES * index);
            case INT64 -> written.getLong(Long.BYTES * index);
            default -> written.get(index) & 0xFF;
        };
    }

    /** Values of a tensor. */
    static long count(long[] shape) {
        return Arrays.stream(shape).reduce(1L, Math::multiplyExact);
    }

    /** The first so many values, in native byte order. */
    ByteBuffer floats(long count) {
        return part(floats, count, Float.BYTES);
    }

    /** The beginning of a memory, in native byte order. */
    static ByteBuffer part(ByteBuffer memory, long count, int bytes) {
        return memory.slice(0, Math.toIntExact(count * bytes)).order(ByteOrder.nativeOrder());
    }
}
