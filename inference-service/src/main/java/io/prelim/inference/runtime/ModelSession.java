package io.prelim.inference.runtime;

import io.prelim.inference.evidence.MapShape;
import io.prelim.inference.model.ModelManifest;
import io.prelim.inference.model.ModelManifest.Form;
import io.prelim.inference.model.ModelManifest.SegmentationOutput;
import io.prelim.inference.model.ModelPackage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One loaded model in a process of its own, which is started again when it ends and killed when it is late. A run whose process ended is
 * tried once more in a new one, so that what another run broke is not this one's fault; a second end is. Runs are for one thread,
 * {@link #close} for any.
 */
public final class ModelSession implements AutoCloseable {
    private static final int ATTEMPTS = 2;
    private static final Duration START = Duration.ofMinutes(1);
    private static final int MAX_CHANNELS = 256;

    private final ModelPackage modelPackage;
    private final Quarantine quarantine;
    private final Execution execution;
    private final List<Long> shape;
    private final int values;
    private final List<String> outputs;
    private HostProcess host;
    private boolean closed;
    private String provider;
    private int batch;
    private Map<String, long[]> shapes;

    private ModelSession(ModelPackage modelPackage, Quarantine quarantine, Execution execution) {
        this.modelPackage = modelPackage;
        this.quarantine = quarantine;
        this.execution = execution;
        ModelManifest manifest = modelPackage.manifest();
        shape = boxed(manifest.input().preparation().shape());
        values = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
        Set<String> names = new LinkedHashSet<>();
        names.add(manifest.outputs().answer());
        manifest.outputs().scope().ifPresent(scope -> names.add(scope.name()));
        manifest.outputs().saliency().ifPresent(names::add);
        outputs = List.copyOf(names);
    }

    /** As {@link #open(ModelPackage, Execution)}, on CPU. */
    public static ModelSession open(ModelPackage modelPackage) throws ModelFailure {
        return open(modelPackage, Execution.CPU);
    }

    /** As {@link #open(ModelPackage, Quarantine, Execution)}, for a session by itself that is never kept from running. */
    public static ModelSession open(ModelPackage modelPackage, Execution execution) throws ModelFailure {
        return open(
                modelPackage,
                new Quarantine(modelPackage.deployment(), Integer.MAX_VALUE, Duration.ZERO, InstantSource.system()),
                execution);
    }

    /**
     * Inspects, loads and proves a model: a run with zeros must give every output the manifest names, with room for every finding.
     *
     * @throws ModelFailure saying what is wrong
     */
    public static ModelSession open(ModelPackage modelPackage, Quarantine quarantine, Execution execution)
            throws ModelFailure {
        GraphInspection.check(modelPackage.model());
        ModelSession session = new ModelSession(modelPackage, quarantine, execution);
        try {
            HostProcess first = session.running();
            session.provider = first.provider().name();
            session.batch = first.batch();
            session.shapes = first.shapes();
            session.prove(first.sizes());
            return session;
        } catch (HostEnded e) {
            throw session.failure(e, 1);
        } catch (ModelFailure e) {
            session.close();
            throw e;
        }
    }

    /** ONNX Runtime's execution provider that computes it, such as {@code CPU}. */
    public String provider() {
        return provider;
    }

    /** Inputs a run may have at most: 1 where the graph's batch axis is not free, or a batch did not give what its inputs give alone. */
    public int batch() {
        return batch;
    }

    /**
     * @param input row-major, of the shape the manifest says
     * @throws ModelFailure if there is no answer, or the model is not run for now
     * @throws InterruptedException if the session was closed meanwhile
     */
    public ModelRun run(float[] input, long[] inputShape) throws ModelFailure, InterruptedException {
        check(input, inputShape);
        admit();
        return run(input, 0);
    }

    /** @throws ModelFailure if the model is not run for now */
    void admit() throws ModelFailure {
        quarantine.check();
    }

    void check(float[] input, long[] inputShape) throws ModelFailure {
        if (!boxed(inputShape).equals(shape) || input.length != values) {
            throw new ModelFailure("its input is of shape " + shape + ", not " + boxed(inputShape));
        }
    }

    /** @param before runs that the input has had already, in a batch that broke */
    ModelRun run(float[] input, int before) throws ModelFailure, InterruptedException {
        long start = System.nanoTime();
        for (int attempt = before + 1; ; attempt++) {
            try {
                Map<String, float[]> outputs = once(List.of(input)).get(0);
                return answer(outputs, attempt, Duration.ofNanos(System.nanoTime() - start));
            } catch (ModelFailure e) {
                throw new ModelFailure(e.kind(), e.getMessage(), attempt);
            } catch (HostEnded e) {
                if (attempt == ATTEMPTS) {
                    throw failure(e, attempt);
                }
            }
        }
    }

    /** @param outputs of one input, as {@link #once} gave them */
    ModelRun answer(Map<String, float[]> outputs, int attempt, Duration took) {
        return new ModelRun(outputs, shapes, attempt, provider, took);
    }

    /** The outputs for each input, in their order, tried once. */
    List<Map<String, float[]>> once(List<float[]> inputs) throws ModelFailure, HostEnded, InterruptedException {
        try {
            List<Map<String, float[]>> answer =
                    running().run(inputs, modelPackage.manifest().limits().answerWithin());
            quarantine.answered();
            return answer;
        } catch (HostEnded e) {
            if (over()) {
                throw new InterruptedException("closed");
            }
            quarantine.ended(e);
            throw e;
        }
    }

    /** Ends the process, also in the middle of a run. */
    @Override
    public synchronized void close() {
        closed = true;
        drop();
    }

    private synchronized boolean over() {
        drop();
        return closed;
    }

    private void drop() {
        if (host != null) {
            host.kill();
            host = null;
        }
    }

    private HostProcess running() throws ModelFailure, HostEnded {
        synchronized (this) {
            if (closed) {
                throw new HostEnded("closed", ModelFailure.Kind.CRASHED);
            }
            if (host != null) {
                return host;
            }
        }
        ModelManifest manifest = modelPackage.manifest();
        HostProcess started = HostProcess.start(
                modelPackage.model(),
                manifest.input().name(),
                shape,
                outputs,
                execution,
                execution.memory(modelPackage),
                // its first run is the proof
                START.plus(manifest.limits().answerWithin()));
        synchronized (this) {
            if (closed) {
                started.kill();
                throw new HostEnded("closed", ModelFailure.Kind.CRASHED);
            }
            host = started;
            return started;
        }
    }

    private ModelFailure failure(HostEnded cause, int attempts) {
        String limit = cause.kind() == ModelFailure.Kind.OUT_OF_MEMORY
                ? "; its process may have " + (execution.memory(modelPackage) >> 20)
                        + " MiB (limits.memoryMb of its manifest, at most prelim.inference.max-model-bytes)"
                : "";
        return new ModelFailure(cause.kind(), cause.getMessage() + limit, attempts);
    }

    private void prove(Map<String, Integer> sizes) throws ModelFailure {
        ModelManifest manifest = modelPackage.manifest();
        String answer = manifest.outputs().answer();
        if (manifest.outputs().segmentation().isPresent()) {
            proveSegmentation(manifest.outputs().segmentation().get(), sizes.get(answer));
        }
        for (ModelManifest.FindingRule rule : manifest.findings()) {
            if (rule.index() >= sizes.get(answer)) {
                throw new ModelFailure("finding \"" + rule.id() + "\" reads index " + rule.index() + " of output \""
                        + answer + "\", which has " + sizes.get(answer) + " values");
            }
        }
        if (manifest.outputs().scope().isPresent()
                && sizes.get(manifest.outputs().scope().get().name()) != 1) {
            throw new ModelFailure(
                    "output \"" + manifest.outputs().scope().get().name() + "\" must be one number");
        }
        if (manifest.outputs().saliency().isPresent()) {
            String saliency = manifest.outputs().saliency().get();
            proveMaps(saliency, shapes.get(saliency), manifest.findings());
        }
    }

    private static void proveMaps(String output, long[] sides, List<ModelManifest.FindingRule> findings)
            throws ModelFailure {
        MapShape maps = MapShape.of(sides)
                .orElseThrow(() -> new ModelFailure("output \"" + output + "\" is of shape " + boxed(sides)
                        + "; a saliency map is [1, channels, height, width], of at most " + MapShape.MAX_VALUES
                        + " values"));
        for (ModelManifest.FindingRule rule : findings) {
            if (!maps.has(rule.index())) {
                throw new ModelFailure("output \"" + output + "\" has " + maps.channels()
                        + " saliency maps: neither one for all nor one for index " + rule.index() + " of finding \""
                        + rule.id() + "\"");
            }
        }
    }

    private void proveSegmentation(SegmentationOutput output, int size) throws ModelFailure {
        if (output.form() == Form.LABELS && size != values) {
            throw new ModelFailure(
                    "output \"" + output.name() + "\" has " + size + " labels, the input " + values + " voxels");
        }
        int channels = size / values;
        if (output.form() == Form.SCORES && (size % values != 0 || channels < 2 || channels > MAX_CHANNELS)) {
            throw new ModelFailure("output \"" + output.name() + "\" has " + size
                    + " scores, which are not 2 to 256 times the input's " + values + " voxels");
        }
        for (ModelManifest.SegmentRule rule : output.findings()) {
            if (output.form() == Form.SCORES && rule.label() >= channels) {
                throw new ModelFailure("finding \"" + rule.id() + "\" reads label " + rule.label() + " of output \""
                        + output.name() + "\", which has " + channels + " channels");
            }
        }
    }

    private static List<Long> boxed(long[] dimensions) {
        return Arrays.stream(dimensions).boxed().toList();
    }
}
