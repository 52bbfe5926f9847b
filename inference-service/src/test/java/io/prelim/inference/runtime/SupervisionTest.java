package io.prelim.inference.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.prelim.inference.fixture.Hosts;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.runtime.ModelFailure.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a model whose process hangs, dies or says something else; {@code endless.onnx} does not end for a bright image. */
class SupervisionTest {
    private static final long[] SHAPE = {1, 1, 16, 16};

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-27T12:00:00Z"));
    private final Set<Long> before = Hosts.running();

    @Test
    void aRunThatDoesNotEndIsLateAndTheNextIsAnswered() throws Exception {
        Quarantine quarantine = quarantine(100);
        try (ModelSession session = ModelSession.open(endless(1), quarantine, Execution.CPU)) {
            ModelFailure late = failure(session, bright());
            assertThat(late.kind()).isEqualTo(Kind.LATE);
            assertThat(late.attempts()).isEqualTo(2);
            assertThat(quarantine.ended()).isEqualTo(2);

            ModelRun next = session.run(dark(), SHAPE);
            assertThat(next.outputs().get("logit")).containsExactly(-0.5f);
            assertThat(next.attempts()).isEqualTo(1);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> Hosts.since(before).isEmpty());
    }

    @Test
    void aRunWhoseProcessWasKilledIsAnsweredByTheNextProcess() throws Exception {
        try (ModelSession session = ModelSession.open(brightness(), quarantine(100), Execution.CPU)) {
            Hosts.kill(Hosts.since(before));

            ModelRun run = session.run(bright(), SHAPE);

            assertThat(run.outputs().get("logit")).containsExactly(5f);
            assertThat(run.attempts()).isEqualTo(2);
        }
    }

    @Test
    void aRunThatEndsItsProcessTwiceFails() throws Exception {
        try (ModelSession session = ModelSession.open(endless(60), quarantine(100), Execution.CPU)) {
            CompletableFuture<ModelRun> run = runInBackground(session, bright());
            Set<Long> first = Hosts.since(before);
            Hosts.kill(first);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Hosts.since(before).stream().anyMatch(each -> !first.contains(each)));
            Hosts.kill(Hosts.since(before));

            ExecutionException failed =
                    catchThrowableOfType(ExecutionException.class, () -> run.get(30, TimeUnit.SECONDS));
            assertThat(failed)
                    .cause()
                    .isInstanceOfSatisfying(
                            ModelFailure.class, e -> assertThat(e.kind()).isEqualTo(Kind.CRASHED));
        }
    }

    @Test
    void whatIsClosedInTheMiddleOfARunIsInterrupted() throws Exception {
        ModelSession session = ModelSession.open(endless(60), quarantine(100), Execution.CPU);
        CompletableFuture<ModelRun> run = runInBackground(session, bright());

        session.close();

        ExecutionException failed = catchThrowableOfType(ExecutionException.class, () -> run.get(10, TimeUnit.SECONDS));
        assertThat(failed).hasCauseInstanceOf(InterruptedException.class);
        await().atMost(Duration.ofSeconds(10)).until(() -> Hosts.since(before).isEmpty());
    }

    @Test
    void anOutputOfAnotherShapeThanProvenFails() throws Exception {
        try (ModelSession session =
                ModelSession.open(packageOf("two-shapes.onnx", 60), quarantine(100), Execution.CPU)) {
            ModelFailure failed = failure(session, bright());

            assertThat(failed.kind()).isEqualTo(Kind.FAILED);
            assertThat(failed.attempts()).isEqualTo(1);
            assertThat(session.run(dark(), SHAPE).outputs().get("logit")).containsExactly(-0.5f);
        }
    }

    @Test
    void anInputOfAnotherShapeIsNotSent() throws Exception {
        try (ModelSession session = ModelSession.open(brightness(), quarantine(100), Execution.CPU)) {
            assertThat(catchThrowableOfType(
                                    ModelFailure.class, () -> session.run(new float[64], new long[] {1, 1, 8, 8}))
                            .kind())
                    .isEqualTo(Kind.FAILED);
        }
    }

    @Test
    void aModelWhoseProcessesEndOneAfterTheOtherIsQuarantinedForAWhile() throws Exception {
        Quarantine quarantine = quarantine(2);
        try (ModelSession session = ModelSession.open(endless(1), quarantine, Execution.CPU);
                ModelSession other = ModelSession.open(brightness(), quarantine(2), Execution.CPU)) {
            failure(session, bright());

            assertThat(quarantine.holds()).isTrue();
            assertThat(failure(session, dark()).kind()).isEqualTo(Kind.QUARANTINED);
            assertThat(other.run(dark(), SHAPE).attempts()).isEqualTo(1);
            now.updateAndGet(time -> time.plus(Duration.ofMinutes(5)));
            assertThat(session.run(dark(), SHAPE).attempts()).isEqualTo(1);
            assertThat(quarantine.holds()).isFalse();
        }
    }

    @Test
    void oneThatBreaksAgainStaysInQuarantine() throws Exception {
        Quarantine quarantine = quarantine(2);
        try (ModelSession session = ModelSession.open(endless(1), quarantine, Execution.CPU)) {
            failure(session, bright());
            now.updateAndGet(time -> time.plus(Duration.ofMinutes(5)));
            failure(session, bright());

            assertThat(quarantine.holds()).isTrue();
        }
    }

    @Test
    void aHostHasNothingOfTheWorkersEnvironment() throws Exception {
        try (ModelSession session = ModelSession.open(brightness(), quarantine(2), Execution.CPU)) {
            assertThat(System.getenv()).isNotEmpty();
            for (long host : Hosts.since(before)) {
                assertThat(Files.readString(Path.of("/proc", Long.toString(host), "environ")))
                        .isEmpty();
            }
            assertThat(session.run(dark(), SHAPE).attempts()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "of {1}")
    @CsvSource({"endless.onnx,1", "endless-batch.onnx,2"})
    void aHostEndsWithAWorkerThatIsKilledInTheMiddleOfARun(String graph, int batch) throws Exception {
        Path packaged = TestPackages.write(folder, graph, TestPackages.manifest(graph), null);
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessRun.class.getName(),
                        packaged.toString(),
                        Integer.toString(batch))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(worker.inputReader().readLine()).isEqualTo("running " + batch);
            ProcessHandle host = worker.children().findFirst().orElseThrow();

            worker.destroyForcibly();

            host.onExit().get(10, TimeUnit.SECONDS);
        } finally {
            worker.destroyForcibly();
        }
    }

    /** Returns once the run has begun. */
    private CompletableFuture<ModelRun> runInBackground(ModelSession session, float[] image) {
        long host = Hosts.since(before).iterator().next();
        Duration idle = Hosts.cpu(host);
        CompletableFuture<ModelRun> run = CompletableFuture.supplyAsync(() -> {
            try {
                return session.run(image, SHAPE);
            } catch (ModelFailure | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Hosts.cpu(host).minus(idle).toMillis() > 100);
        return run;
    }

    private static ModelFailure failure(ModelSession session, float[] image) {
        return catchThrowableOfType(ModelFailure.class, () -> session.run(image, SHAPE));
    }

    private Quarantine quarantine(int limit) {
        return new Quarantine(TestPackages.DEPLOYMENT, limit, Duration.ofMinutes(5), now::get);
    }

    private ModelPackage endless(int seconds) throws Exception {
        return packageOf("endless.onnx", seconds);
    }

    private ModelPackage brightness() throws Exception {
        return packageOf("brightness.onnx", 60);
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
