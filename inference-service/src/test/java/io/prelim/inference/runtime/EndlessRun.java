package io.prelim.inference.runtime;

import io.prelim.inference.model.PackageReader;
import io.prelim.inference.runtime.host.Provider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;

/** A process that has its model's process run without end. */
public final class EndlessRun {
    private EndlessRun() {}

    /**
     * Runs until it is killed.
     *
     * @param arguments folder of the package, and how many images are run at once
     */
    public static void main(String[] arguments) throws Exception {
        int batch = Integer.parseInt(arguments[1]);
        ModelSession session = ModelSession.open(
                PackageReader.read(Path.of(arguments[0])),
                new Quarantine("endless", 100, Duration.ZERO, InstantSource.system()),
                new Execution(Provider.CPU, 0, batch, 4L << 30));
        // told before the run, which does not end
        Batcher batcher = new Batcher(session, Duration.ofMinutes(1), size -> System.out.println("running " + size));
        float[] image = new float[256];
        Arrays.fill(image, 1f);
        for (int i = 0; i < batch; i++) {
            Thread thread = new Thread(() -> run(batcher, image));
            thread.setDaemon(true);
            thread.start();
        }
        Thread.sleep(Duration.ofMinutes(5).toMillis());
    }

    private static void run(Batcher batcher, float[] image) {
        try {
            batcher.run(image, new long[] {1, 1, 16, 16});
        } catch (ModelFailure | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
