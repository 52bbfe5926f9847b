package io.prelim.inference.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import io.prelim.inference.model.ModelManifest;
import io.prelim.inference.model.ModelPackage;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * One loaded model on one thread. On CPU single-thread sessions side by side outrun one session with several threads, so each worker
 * thread has its own. Not thread-safe.
 */
public final class ModelSession implements AutoCloseable {
    /** The execution provider, as it stands in every outcome. */
    public static final String PROVIDER = "CPU";

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    private final String input;
    private final Set<String> wanted;
    private final Map<String, Integer> provenSizes = new HashMap<>();
    private final OrtSession session;

    private ModelSession(ModelPackage modelPackage) throws ModelFailure {
        ModelManifest manifest = modelPackage.manifest();
        input = manifest.input().name();
        wanted = new LinkedHashSet<>();
        wanted.add(manifest.outputs().finding().name());
        manifest.outputs().scope().ifPresent(scope -> wanted.add(scope.name()));
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
            // from memory, not from a path: what was digested is what runs, and no path is there to find other files by
            session = environment.createSession(modelPackage.model(), options);
        } catch (OrtException e) {
            throw new ModelFailure("ONNX Runtime does not load it", e);
        }
    }

    /**
     * Inspects, loads and proves a model: a run with zeros must give every output the manifest names, with room for every finding.
     *
     * @throws ModelFailure saying what is wrong
     */
    public static ModelSession open(ModelPackage modelPackage) throws ModelFailure {
        GraphInspection.check(modelPackage.model());
        ModelSession session = new ModelSession(modelPackage);
        try {
            session.prove(modelPackage.manifest());
            return session;
        } catch (ModelFailure e) {
            session.close();
            throw e;
        }
    }

    /**
     * @param values row-major, as many as the shape holds
     * @return the score output and the scope output, by name
     * @throws ModelFailure if the run fails or an output is not what the manifest says
     */
    public Map<String, float[]> run(float[] values, long[] shape) throws ModelFailure {
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
                OrtSession.Result result = session.run(Map.of(input, tensor), wanted)) {
            Map<String, float[]> outputs = new HashMap<>();
            for (String name : wanted) {
                OnnxValue value = result.get(name).orElseThrow(() -> new IllegalStateException("no output " + name));
                if (!(value instanceof OnnxTensor output) || output.getInfo().type != OnnxJavaType.FLOAT) {
                    throw new ModelFailure("output \"" + name + "\" is no tensor of 32-bit floats");
                }
                FloatBuffer floats = output.getFloatBuffer();
                int proven = provenSizes.getOrDefault(name, floats.remaining());
                if (floats.remaining() != proven) {
                    throw new ModelFailure(
                            "output \"" + name + "\" has " + floats.remaining() + " values, not " + proven);
                }
                float[] copy = new float[proven];
                floats.get(copy);
                outputs.put(name, copy);
            }
            return outputs;
        } catch (OrtException e) {
            throw new ModelFailure("the run failed", e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a session could not be closed: " + e.getMessage(), e);
        }
    }

    private void prove(ModelManifest manifest) throws ModelFailure {
        try {
            checkNames(session.getInputInfo().keySet(), session.getOutputInfo(), manifest);
        } catch (OrtException e) {
            throw new ModelFailure("its inputs and outputs cannot be read", e);
        }
        long[] shape = manifest.input().preparation().shape();
        int values = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        Map<String, float[]> outputs = run(new float[values], shape);
        outputs.forEach((name, proven) -> provenSizes.put(name, proven.length));
        int scores = outputs.get(manifest.outputs().finding().name()).length;
        for (ModelManifest.FindingRule rule : manifest.findings()) {
            if (rule.index() >= scores) {
                throw new ModelFailure("finding \"" + rule.id() + "\" reads index " + rule.index() + " of output \""
                        + manifest.outputs().finding().name() + "\", which has " + scores + " values");
            }
        }
        if (manifest.outputs().scope().isPresent()
                && outputs.get(manifest.outputs().scope().get().name()).length != 1) {
            throw new ModelFailure(
                    "output \"" + manifest.outputs().scope().get().name() + "\" must be one number");
        }
    }

    private void checkNames(Set<String> inputs, Map<String, NodeInfo> outputs, ModelManifest manifest)
            throws ModelFailure {
        if (!inputs.equals(Set.of(input))) {
            throw new ModelFailure("it has inputs " + inputs + ", the manifest names " + input);
        }
        Set<String> named = new LinkedHashSet<>(wanted);
        manifest.outputs().saliency().ifPresent(named::add);
        for (String name : named) {
            NodeInfo info = outputs.get(name);
            if (info == null) {
                throw new ModelFailure("it has outputs " + outputs.keySet() + ", the manifest names " + name);
            }
            if (!(info.getInfo() instanceof TensorInfo)) {
                throw new ModelFailure("output \"" + name + "\" is no tensor");
            }
        }
    }
}
