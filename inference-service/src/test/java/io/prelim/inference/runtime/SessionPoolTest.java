package io.prelim.inference.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.runtime.ModelFailure.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More threads than sessions. */
class SessionPoolTest {
    private static final long[] SHAPE = {1, 1, 16, 16};
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    @Test
    void whoWaitsIsAnsweredWhenASessionIsFreeAndItsWaitIsNoRun() throws Exception {
        try (SessionPool pool = pool(LIMIT)) {
            CompletableFuture<ModelRun> endless = run(pool, bright());
            long asked = System.nanoTime();
            CompletableFuture<ModelRun> next = run(pool, dark());

            ModelRun answered = next.get(60, TimeUnit.SECONDS);

            // the endless one was given two attempts first
            Duration since = Duration.ofNanos(System.nanoTime() - asked);
            assertThat(failure(endless))
                    .isInstanceOfSatisfying(
                            ModelFailure.class, late -> assertThat(late.kind()).isEqualTo(Kind.LATE));
            assertThat(answered.outputs().get("logit")).containsExactly(-0.5f);
            assertThat(since).isGreaterThan(LIMIT);
            assertThat(answered.took()).isLessThan(since.minus(LIMIT));
        }
    }

    @Test
    void whoWaitsForAPoolThatIsClosedIsInterrupted() throws Exception {
        SessionPool pool = pool(Duration.ofMinutes(1));
        CompletableFuture<ModelRun> endless = run(pool, bright());
        CompletableFuture<ModelRun> next = run(pool, dark());

        pool.close();

        for (CompletableFuture<ModelRun> run : List.of(endless, next)) {
            assertThat(failure(run)).isInstanceOf(InterruptedException.class);
        }
    }

    private SessionPool pool(Duration limit) throws Exception {
        String manifest = TestPackages.manifest("endless.onnx")
                .replace("deadlineSeconds: 30", "deadlineSeconds: " + limit.toSeconds());
        return new SessionPool(List.of(ModelSession.open(
                PackageReader.read(TestPackages.write(folder.resolve("endless"), "endless.onnx", manifest, null)))));
    }

    private static CompletableFuture<ModelRun> run(SessionPool pool, float[] image) {
        CompletableFuture<ModelRun> run = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                run.complete(pool.run(image, SHAPE));
            } catch (ModelFailure | InterruptedException | RuntimeException e) {
                run.completeExceptionally(e);
            }
        });
        thread.start();
        // reading the answer, or waiting for a session
        await().until(() ->
                run.isDone() || Arrays.stream(thread.getStackTrace()).anyMatch(SessionPoolTest::isWaiting));
        return run;
    }

    private static boolean isWaiting(StackTraceElement frame) {
        return frame.getMethodName().equals("answer")
                || frame.getClassName().endsWith("BlockingQueue")
                        && frame.getMethodName().equals("take");
    }

    private static Throwable failure(CompletableFuture<ModelRun> run) {
        return catchThrowableOfType(ExecutionException.class, () -> run.get(30, TimeUnit.SECONDS))
                .getCause();
    }

    private static float[] bright() {
        float[] image = dark();
        Arrays.fill(image, 1f);
        return image;
    }

    private static float[] dark() {
        return new float[256];
    }
}
