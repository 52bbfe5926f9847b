package io.prelim.inference.runtime.host;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One loaded model on one thread, which runs one item or a batch of them. On CPU single-thread sessions side by side outrun one session
 * with several threads.
 */
final class OnnxSession {
    /** Relative; batched kernels add up in another order, and a GPU with fewer digits. An item that leaks into another shows far above. */
    private static final float BATCH_TOLERANCE = 1e-2f;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    private final OrtSession session;
    private Pinned pinned;

    /**
     * Loads a model and proves it by a run with zeros, and where its batch axis is free by a batch that must give what its items give alone.
     *
     * @throws Refusal saying what is wrong with it
     */
    OnnxSession(SessionSpec spec) throws Refusal, IOException, OrtException {
        try (SessionOptions options = new SessionOptions();
                FileChannel file = FileChannel.open(Path.of(spec.model()))) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
            if (spec.provider() == Provider.CUDA) {
                addCuda(options, spec);
            }
            // from memory, not from its path, by which it could find other files
            session = environment.createSession(file.map(FileChannel.MapMode.READ_ONLY, 0, file.size()), options);
        } catch (OrtException e) {
            throw new Refusal("ONNX Runtime does not load it: " + e.getMessage());
        }
        checkNames(spec);
        Map<String, TensorInfo> proven = prove(spec);
        pinned = new Pinned(environment, spec, 1, proven);
        if (spec.batch() > 1 && batchAxisIsFree(spec)) {
            batch(spec, proven);
        }
    }

    Pinned pinned() {
        return pinned;
    }

    /** @throws OrtException also when an output has not the shape it was proven with */
    void run(int items) throws OrtException {
        session.run(pinned.inputs(items), pinned.pins(items)).close();
        pinned.convert(items);
    }

    private static void addCuda(SessionOptions options, SessionSpec spec) throws Refusal {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(spec.device())) {
            cuda.add("gpu_mem_limit", Long.toString(spec.deviceMemory()));
            options.addCUDA(cuda);
        } catch (OrtException e) {
            throw new Refusal("CUDA device " + spec.device() + " cannot be opened: " + e.getMessage());
        }
    }

    private void checkNames(SessionSpec spec) throws Refusal, OrtException {
        Set<String> inputNames = session.getInputInfo().keySet();
        if (!inputNames.equals(Set.of(spec.input()))) {
            throw new Refusal("it has inputs " + inputNames + ", the manifest names " + spec.input());
        }
        Map<String, NodeInfo> known = session.getOutputInfo();
        for (String name : spec.outputs()) {
            NodeInfo info = known.get(name);
            if (info == null) {
                throw new Refusal("it has outputs " + known.keySet() + ", the manifest names " + name);
            }
            if (!(info.getInfo() instanceof TensorInfo)) {
                throw new Refusal("output \"" + name + "\" is no tensor");
            }
        }
    }

    private Map<String, TensorInfo> prove(SessionSpec spec) throws Refusal, OrtException {
        Map<String, TensorInfo> infos = new LinkedHashMap<>();
        Map<String, OnnxTensor> zeros = new Pinned(environment, spec, 1, Map.of()).inputs(1);
        try (OrtSession.Result result = session.run(zeros, Set.copyOf(spec.outputs()))) {
            for (String name : spec.outputs()) {
                OnnxValue value = result.get(name).orElseThrow(() -> new IllegalStateException("no output " + name));
                TensorInfo info = value instanceof OnnxTensor tensor ? tensor.getInfo() : null;
                if (info == null || !Output.TYPES.contains(info.type)) {
                    throw new Refusal("output \"" + name + "\" is no tensor of 32-bit floats, nor of whole numbers");
                }
                infos.put(name, info);
            }
            return infos;
        } catch (OrtException e) {
            throw new Refusal("the run failed: " + e.getMessage());
        }
    }

    private boolean batchAxisIsFree(SessionSpec spec) throws OrtException {
        long[] declared = ((TensorInfo) session.getInputInfo().get(spec.input()).getInfo()).getShape();
        return declared.length > 0
                && declared[0] == -1
                && spec.shape().get(0) == 1
                && pinned.shapes().stream().allMatch(shape -> shape.length > 0 && shape[0] == 1);
    }

    /** Batches from now on if a whole batch gives, item by item, what the items give alone. */
    private void batch(SessionSpec spec, Map<String, TensorInfo> proven) throws OrtException {
        Pinned single = pinned;
        List<float[]> alone = new ArrayList<>();
        for (int item = 0; item < spec.batch(); item++) {
            fill(single.input(1), spec.values(), item);
            run(1);
            alone.add(values(single.outputs(1)));
        }
        try {
            pinned = new Pinned(environment, spec, spec.batch(), proven);
            ByteBuffer input = pinned.input(spec.batch());
            for (int item = 0; item < spec.batch(); item++) {
                fill(input, spec.values(), item);
            }
            run(spec.batch());
            for (int item = 0; item < spec.batch(); item++) {
                if (!near(alone.get(item), item(item))) {
                    pinned = single;
                    return;
                }
            }
        } catch (OrtException | OutOfMemoryError e) {
            pinned = single;
        }
    }

    /** Dark pictures, each with a ramp of its own. */
    private static void fill(ByteBuffer input, long values, int item) {
        for (long i = 0; i < values; i++) {
            input.putFloat(0.25f * (i % (item + 2)) / (item + 2));
        }
    }

    private float[] item(int item) {
        List<ByteBuffer> parts = new ArrayList<>();
        for (ByteBuffer output : pinned.outputs(pinned.batch())) {
            int bytes = Math.toIntExact(pinned.size(parts.size()) * Float.BYTES);
            parts.add(output.slice(item * bytes, bytes).order(output.order()));
        }
        return values(parts);
    }

    private static float[] values(List<ByteBuffer> outputs) {
        float[] values =
                new float[outputs.stream().mapToInt(ByteBuffer::remaining).sum() / Float.BYTES];
        FloatBuffer all = FloatBuffer.wrap(values);
        outputs.forEach(output -> all.put(output.asFloatBuffer()));
        return values;
    }

    private static boolean near(float[] one, float[] other) {
        for (int i = 0; i < one.length; i++) {
            // not so for what is no number
            if (!(Math.abs(one[i] - other[i]) <= BATCH_TOLERANCE * (1 + Math.abs(one[i])))) {
                return false;
            }
        }
        return true;
    }

    /** The model is at fault, not the run. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }
}
