package io.prelim.inference.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.prelim.inference.fixture.Hosts;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.runtime.ModelFailure.Kind;
import io.prelim.inference.runtime.host.Provider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of several studies in one session, and what becomes of the others when one breaks. */
class BatcherTest {
    private static final long[] SHAPE = {1, 1, 16, 16};
    private static final Path SHIPPED = Path.of("models", "chest-pneumonia-paediatric", "package");

    /** A full batch does not wait so long. */
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final Set<Long> before = Hosts.running();
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private final Quarantine quarantine =
            new Quarantine(TestPackages.DEPLOYMENT, 100, Duration.ofMinutes(5), InstantSource.system());

    @Test
    void aBatchGivesWhatItsInputsGiveAlone() throws Exception {
        equalsSingles(packageOf("brightness-batch.onnx", 60), SHAPE);
    }

    @Test
    void aBatchOfTheShippedModelGivesWhatItsInputsGiveAlone() throws Exception {
        equalsSingles(PackageReader.read(SHIPPED), new long[] {1, 1, 160, 160});
    }

    @Test
    void aGraphThatMixesABatchOrHasNoFreeAxisRunsOneByOne() throws Exception {
        for (String graph : List.of("mixing.onnx", "brightness.onnx")) {
            try (ModelSession session = ModelSession.open(packageOf(graph, 60), quarantine, batchesOf(4))) {
                assertThat(session.batch()).as(graph).isEqualTo(1);
            }
        }
    }

    @Test
    void oneByItselfIsNotKeptWaitingBeyondTheBound() throws Exception {
        try (Batcher batcher = batcher(packageOf("brightness-batch.onnx", 60), 8, Duration.ofMillis(5))) {
            assertThat(batcher.run(bright(), SHAPE).outputs().get("logit")).containsExactly(5f);
            assertThat(sizes).containsExactly(1);
        }
    }

    @Test
    void onlyTheStudyThatDoesNotEndIsLate() throws Exception {
        try (Batcher batcher = batcher(packageOf("endless-batch.onnx", 2), 3, LONG)) {
            List<CompletableFuture<ModelRun>> runs = together(batcher, dark(), bright(), dark());

            ModelFailure late = failure(runs.get(1));
            assertThat(late.kind()).isEqualTo(Kind.LATE);
            assertThat(late.attempts()).isEqualTo(2);
            assertAnsweredAtTheSecondAttempt(runs.get(0));
            assertAnsweredAtTheSecondAttempt(runs.get(2));
            assertThat(sizes).containsExactly(3);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> Hosts.since(before).isEmpty());
    }

    @Test
    void whatIsNoNumberInABatchIsTheFaultOfOne() throws Exception {
        try (Batcher batcher = batcher(packageOf("leaky-nan.onnx", 60), 2, LONG)) {
            List<CompletableFuture<ModelRun>> runs = together(batcher, dark(), bright());

            ModelRun faulty = runs.get(1).get(30, TimeUnit.SECONDS);
            assertThat(faulty.outputs().get("logit")[0]).isNaN();
            assertThat(faulty.attempts()).isEqualTo(2);
            assertAnsweredAtTheSecondAttempt(runs.get(0));
        }
    }

    @Test
    void aBatchWhoseProcessIsKilledIsRunOneByOne() throws Exception {
        try (Batcher batcher = batcher(packageOf("endless-batch.onnx", 60), 2, LONG)) {
            long first = Hosts.since(before).iterator().next();
            Duration idle = Hosts.cpu(first);
            List<CompletableFuture<ModelRun>> runs = together(batcher, bright(), dark());
            awaitComputing(first, idle);

            Hosts.kill(Set.of(first));
            long second = await().atMost(LONG)
                    .until(
                            () -> Hosts.since(before).stream()
                                    .filter(each -> each != first)
                                    .findFirst(),
                            java.util.Optional::isPresent)
                    .orElseThrow();
            Hosts.kill(Set.of(second));

            ModelFailure crashed = failure(runs.get(0));
            assertThat(crashed.kind()).isEqualTo(Kind.CRASHED);
            assertThat(crashed.attempts()).isEqualTo(2);
            assertAnsweredAtTheSecondAttempt(runs.get(1));
            assertThat(quarantine.ended()).isEqualTo(2);
        }
    }

    @Test
    void aBatchThatIsClosedIsInterrupted() throws Exception {
        Batcher batcher = batcher(packageOf("endless-batch.onnx", 60), 2, LONG);
        long host = Hosts.since(before).iterator().next();
        Duration idle = Hosts.cpu(host);
        List<CompletableFuture<ModelRun>> runs = together(batcher, bright(), dark());
        awaitComputing(host, idle);

        batcher.close();

        for (CompletableFuture<ModelRun> run : runs) {
            assertThat(catchThrowableOfType(ExecutionException.class, () -> run.get(10, TimeUnit.SECONDS)))
                    .hasCauseInstanceOf(InterruptedException.class);
        }
        assertThat(catchThrowableOfType(InterruptedException.class, () -> batcher.run(dark(), SHAPE)))
                .isNotNull();
    }

    private void equalsSingles(ModelPackage modelPackage, long[] shape) throws Exception {
        int count = 4;
        Random random = new Random(3);
        List<float[]> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] image = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
            for (int j = 0; j < image.length; j++) {
                image[j] = random.nextFloat() * (i + 1) / count;
            }
            images.add(image);
        }
        try (ModelSession single = ModelSession.open(modelPackage);
                Batcher batcher = batcher(modelPackage, count, LONG)) {
            List<CompletableFuture<ModelRun>> runs = together(batcher, shape, images);

            for (int i = 0; i < count; i++) {
                Map<String, float[]> alone = single.run(images.get(i), shape).outputs();
                ModelRun run = runs.get(i).get(60, TimeUnit.SECONDS);
                assertThat(run.attempts()).isEqualTo(1);
                assertThat(run.provider()).isEqualTo("CPU");
                alone.forEach((name, values) ->
                        assertThat(run.outputs().get(name)).as(name).containsExactly(values, within(1e-5f)));
            }
            assertThat(sizes).containsExactly(count);
        }
    }

    private Batcher batcher(ModelPackage modelPackage, int most, Duration wait) throws ModelFailure {
        ModelSession session = ModelSession.open(modelPackage, quarantine, batchesOf(most));
        assertThat(session.batch()).isEqualTo(most);
        return new Batcher(session, wait, sizes::add);
    }

    private static Execution batchesOf(int most) {
        return new Execution(Provider.CPU, 0, most, 4L << 30);
    }

    private static List<CompletableFuture<ModelRun>> together(Batcher batcher, float[]... images) {
        return together(batcher, SHAPE, List.of(images));
    }

    private static List<CompletableFuture<ModelRun>> together(Batcher batcher, long[] shape, List<float[]> images) {
        List<CompletableFuture<ModelRun>> runs = new ArrayList<>();
        for (float[] image : images) {
            CompletableFuture<ModelRun> run = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    run.complete(batcher.run(image, shape));
                } catch (ModelFailure | InterruptedException | RuntimeException e) {
                    run.completeExceptionally(e);
                }
            });
            thread.start();
            // so that they are run in this order
            await().until(() -> thread.getState() == Thread.State.WAITING || run.isDone());
            runs.add(run);
        }
        return runs;
    }

    private static void awaitComputing(long host, Duration idle) {
        await().atMost(LONG).until(() -> Hosts.cpu(host).minus(idle).toMillis() > 100);
    }

    private static void assertAnsweredAtTheSecondAttempt(CompletableFuture<ModelRun> run) throws Exception {
        ModelRun answered = run.get(30, TimeUnit.SECONDS);
        assertThat(answered.outputs().get("logit")).containsExactly(-0.5f);
        assertThat(answered.attempts()).isEqualTo(2);
    }

    private static ModelFailure failure(CompletableFuture<ModelRun> run) {
        return (ModelFailure) catchThrowableOfType(ExecutionException.class, () -> run.get(30, TimeUnit.SECONDS))
                .getCause();
    }

    private ModelPackage packageOf(String graph, int seconds) throws Exception {
        String manifest = TestPackages.manifest(graph).replace("deadlineSeconds: 30", "deadlineSeconds: " + seconds);
        return PackageReader.read(TestPackages.write(folder.resolve(graph), graph, manifest, null));
    }

    private static float[] bright() {
        float[] image = new float[256];
        Arrays.fill(image, 1f);
        return image;
    }

    private static float[] dark() {
        return new float[256];
    }
}
