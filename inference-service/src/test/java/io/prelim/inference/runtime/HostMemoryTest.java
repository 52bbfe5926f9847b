package io.prelim.inference.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.prelim.inference.fixture.Hosts;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.runtime.ModelFailure.Kind;
import io.prelim.inference.runtime.host.Provider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a model's process may take of the machine; {@code hungry.onnx} wants 14 GB for a bright image. */
@EnabledOnOs(OS.LINUX)
class HostMemoryTest {
    private static final long[] SHAPE = {1, 1, 16, 16};

    @TempDir
    Path folder;

    private final Set<Long> before = Hosts.running();

    @Test
    void aModelThatWantsMoreThanItMayHaveFailsAndTheNextStudyIsAnswered() throws Exception {
        Quarantine quarantine =
                new Quarantine(TestPackages.DEPLOYMENT, 100, Duration.ofMinutes(5), InstantSource.system());
        try (ModelSession session = ModelSession.open(packageOf("hungry.onnx", ""), quarantine, Execution.CPU)) {
            float[] bright = new float[256];
            Arrays.fill(bright, 1f);

            ModelFailure failed = catchThrowableOfType(ModelFailure.class, () -> session.run(bright, SHAPE));

            assertThat(failed.kind()).isEqualTo(Kind.OUT_OF_MEMORY);
            assertThat(failed.attempts()).isEqualTo(2);
            assertThat(failed).hasMessageContaining("may have 512 MiB (limits.memoryMb");
            assertThat(quarantine.ended()).isEqualTo(2);
            assertThat(session.run(new float[256], SHAPE).outputs().get("logit"))
                    .containsExactly(-0.5f);
        }
    }

    @Test
    void theLimitIsTheManifestsAndAtMostTheSites() throws Exception {
        // in whole KiB
        assertThat(limitOf("", 4L << 30)).isEqualTo((512L << 20) + (4 * graphBytes() + 64 * 4 * 256) / 1024 * 1024);
        assertThat(limitOf("memoryMb: 700, ", 4L << 30)).isEqualTo(700L << 20);
        assertThat(limitOf("memoryMb: 700, ", 600L << 20)).isEqualTo(600L << 20);
    }

    @Test
    void aModelThatDoesNotFitIsRefusedWithItsLimit() {
        ModelFailure refused = catchThrowableOfType(
                ModelFailure.class,
                () -> ModelSession.open(packageOf("brightness.onnx", ""), new Execution(Provider.CPU, 0, 1, 64L << 20))
                        .close());

        assertThat(refused.kind()).isEqualTo(Kind.OUT_OF_MEMORY);
        assertThat(refused).hasMessageContaining("may have 64 MiB");
    }

    private long limitOf(String claim, long most) throws Exception {
        try (ModelSession session =
                ModelSession.open(packageOf("brightness.onnx", claim), new Execution(Provider.CPU, 0, 1, most))) {
            long host = Hosts.since(before).iterator().next();
            assertThat(session.batch()).isEqualTo(1);
            return Files.readAllLines(Path.of("/proc", Long.toString(host), "limits")).stream()
                    .filter(line -> line.startsWith("Max data size"))
                    .map(line -> Long.parseLong(
                            line.substring("Max data size".length()).strip().replaceFirst("\\s.*", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static long graphBytes() throws Exception {
        return Files.size(TestPackages.graph("brightness.onnx"));
    }

    private ModelPackage packageOf(String graph, String claim) throws Exception {
        String manifest = TestPackages.manifest(graph).replace("limits: { ", "limits: { " + claim);
        return PackageReader.read(TestPackages.write(folder.resolve(graph + claim.hashCode()), graph, manifest, null));
    }
}
