package io.prelim.inference.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.prelim.inference.config.InferenceConfig;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.runtime.Execution;
import io.prelim.inference.runtime.ModelFailure;
import io.prelim.inference.runtime.ModelSession;
import io.prelim.inference.runtime.host.Provider;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine without a GPU, as those are that build this. */
class ExecutionChoiceTest {
    private static final Logger LOG = Logger.getLogger("io.prelim.inference");

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            said.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(listener);
    }

    @AfterEach
    void leave() {
        LOG.removeHandler(listener);
    }

    @Test
    void byDefaultItIsTheCpuAndNothingIsSaid() {
        assertThat(ExecutionChoice.of(config(Map.of()))).isEqualTo(Execution.CPU);
        assertThat(said).isEmpty();
    }

    @Test
    void autoWithoutAGpuIsTheCpuAndSaysSo() {
        assumeNoGpu();

        assertThat(ExecutionChoice.of(config(Map.of("provider", "auto"))).provider())
                .isEqualTo(Provider.CPU);
        assertThat(said).singleElement().asString().startsWith("PIF0014").contains("CUDA device 0 cannot be opened");
    }

    @Test
    void cudaWithoutAGpuIsNotQuietlyTheCpu() throws Exception {
        assumeNoGpu();

        Execution chosen = ExecutionChoice.of(config(Map.of("provider", "cuda", "device", "1")));

        assertThat(chosen.provider()).isEqualTo(Provider.CUDA);
        assertThat(chosen.batch()).isEqualTo(8);
        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("PIF0013")
                .contains("set prelim.inference.provider to auto or cpu");
        ModelFailure refused = catchThrowableOfType(
                ModelFailure.class,
                () -> ModelSession.open(PackageReader.read(TestPackages.brightness(folder)), chosen));
        assertThat(refused).hasMessageContaining("CUDA device 1 cannot be opened");
    }

    @Test
    void aPlannerProvesOnCpuWithoutLooking() {
        assertThat(ExecutionChoice.of(config(Map.of("role", "planner", "provider", "cuda", "batch.max", "4"))))
                .isEqualTo(Execution.CPU);
        assertThat(said).isEmpty();
    }

    @Test
    void whatTheProbeRunsRunsOnCpu() {
        assertThat(Execution.CPU.probe()).isEmpty();
    }

    private static void assumeNoGpu() {
        assumeTrue(
                new Execution(Provider.CUDA, 0, 1, 1L << 30).probe().isPresent(), "there is a GPU and a build for it");
    }

    private static InferenceConfig config(Map<String, String> values) {
        Map<String, String> full = new HashMap<>();
        values.forEach((key, value) -> full.put("prelim.inference." + key, value));
        return new SmallRyeConfigBuilder()
                .withMapping(InferenceConfig.class)
                .withSources(new PropertiesConfigSource(full, "test", 100))
                .build()
                .getConfigMapping(InferenceConfig.class);
    }
}
