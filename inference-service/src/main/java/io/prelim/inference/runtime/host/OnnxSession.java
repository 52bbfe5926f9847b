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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One loaded model on one thread, its input and outputs in memory that ONNX Runtime reads and writes in place. On CPU single-thread
 * sessions side by side outrun one session with several threads.
 */
final class OnnxSession {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    private final ByteBuffer input;
    private final List<Output> outputs = new ArrayList<>();
    private final List<long[]> shapes = new ArrayList<>();
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
    private final OrtSession session;

    /**
     * Loads a model and proves it by a run with zeros.
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
            // from memory, not from its path, by which it could find other files
            session = environment.createSession(file.map(FileChannel.MapMode.READ_ONLY, 0, file.size()), options);
        } catch (OrtException e) {
            throw new Refusal("ONNX Runtime does not load it: " + e.getMessage());
        }
        checkNames(spec);
        input = floats(spec.values());
        long[] shape = spec.shape().stream().mapToLong(Long::longValue).toArray();
        inputs = Map.of(spec.input(), OnnxTensor.createTensor(environment, input.asFloatBuffer(), shape));
        prove(spec);
    }

    /** The input's values in native byte order, to be filled from the start. */
    ByteBuffer input() {
        return input.clear();
    }

    /** What the last run gave: 32-bit floats in native byte order, for each wanted output. */
    List<ByteBuffer> outputs() {
        return outputs.stream().map(Output::floats).toList();
    }

    /** The shape of each wanted output, as the first run gave it. */
    List<long[]> shapes() {
        return shapes;
    }

    /** @throws OrtException also when an output has not the shape it was proven with */
    void run() throws OrtException {
        session.run(inputs, pinned).close();
        outputs.forEach(Output::convert);
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

    private void prove(SessionSpec spec) throws Refusal, OrtException {
        try (OrtSession.Result result = session.run(inputs, Set.copyOf(spec.outputs()))) {
            for (String name : spec.outputs()) {
                OnnxValue value = result.get(name).orElseThrow(() -> new IllegalStateException("no output " + name));
                TensorInfo info = value instanceof OnnxTensor tensor ? tensor.getInfo() : null;
                if (info == null || !Output.TYPES.contains(info.type)) {
                    throw new Refusal("output \"" + name + "\" is no tensor of 32-bit floats, nor of whole numbers");
                }
                Output output = new Output(info.type, info.getNumElements());
                outputs.add(output);
                shapes.add(info.getShape());
                pinned.put(name, output.tensor(environment, info.getShape()));
            }
        } catch (OrtException e) {
            throw new Refusal("the run failed: " + e.getMessage());
        }
    }

    private static ByteBuffer floats(long count) {
        return Output.memory(count, Float.BYTES);
    }

    /** The model is at fault, not the run. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }
}
