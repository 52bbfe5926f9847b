package io.prelim.inference.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prelim.inference.lane.Lane;
import org.junit.jupiter.api.Test;

class InferenceMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final InferenceMetrics metrics = new InferenceMetrics(registry);

    @Test
    void whatIsForgottenIsTheOneDeploymentsAndNothingElse() {
        metrics.lag("a-1-0-0", Lane.STAT, () -> 1);
        metrics.queueDepth("a-1-0-0", Lane.STAT, () -> 1);
        metrics.lag("a-1-0-1", Lane.STAT, () -> 2);
        registry.counter("other", "deployment", "a-1-0-0").increment();

        metrics.forget("a-1-0-0");

        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName() + meter.getId().getTag("deployment"))
                .containsExactlyInAnyOrder(
                        "prelim.inference.parkednull", "prelim.inference.laga-1-0-1", "othera-1-0-0");
    }

    /** A gauge that is there already keeps what it was given first. */
    @Test
    void aSuccessorsGaugesAreItsOwn() {
        metrics.lag("a-1-0-0", Lane.STAT, () -> 1);
        metrics.forget("a-1-0-0");
        metrics.lag("a-1-0-0", Lane.STAT, () -> 7);

        assertThat(registry.get("prelim.inference.lag").gauge().value()).isEqualTo(7);
    }
}
