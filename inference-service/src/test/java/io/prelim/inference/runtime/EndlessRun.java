package io.prelim.inference.runtime;

import io.prelim.inference.model.PackageReader;
import java.nio.file.Path;
import java.util.Arrays;

/** A process that has its model's process run without end. */
public final class EndlessRun {
    private EndlessRun() {}

    /** @param arguments folder of the package */
    public static void main(String[] arguments) throws Exception {
        try (ModelSession session = ModelSession.open(PackageReader.read(Path.of(arguments[0])))) {
            System.out.println("running");
            float[] image = new float[256];
            Arrays.fill(image, 1f);
            session.run(image, new long[] {1, 1, 16, 16});
        }
    }
}
