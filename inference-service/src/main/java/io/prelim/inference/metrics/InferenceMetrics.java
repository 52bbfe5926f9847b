package io.prelim.inference.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.events.StudyAnalyzed;
import io.prelim.inference.evidence.EvidenceKeeping.Result;
import io.prelim.inference.lane.Lane;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Counts and times. Thread-safe. */
public final class InferenceMetrics {
    private final MeterRegistry registry;

    public InferenceMetrics(MeterRegistry registry) {
        this.registry = registry;
        // there from the start, so that an alert on its rate has something to look at
        registry.counter("prelim.inference.parked");
    }

    public void parked() {
        registry.counter("prelim.inference.parked").increment();
    }

    /** @param planned deployments that must answer */
    public void planned(int planned, int declined) {
        registry.counter("prelim.inference.plans", "applies", planned > 0 ? "yes" : "no")
                .increment();
        registry.counter("prelim.inference.plan.entries", "decision", "planned").increment(planned);
        registry.counter("prelim.inference.plan.entries", "decision", "declined")
                .increment(declined);
    }

    public void analyzed(StudyAnalyzed outcome) {
        String deployment = outcome.model().deployment();
        registry.counter(
                        "prelim.inference.jobs",
                        "deployment",
                        deployment,
                        "outcome",
                        outcome.status().name().toLowerCase(Locale.ROOT))
                .increment();
        if (outcome.timings() != null) {
            stage(deployment, "queued", outcome.timings().queuedMs());
            stage(deployment, "fetch", outcome.timings().fetchMs());
            stage(deployment, "prepare", outcome.timings().prepareMs());
            stage(deployment, "run", outcome.timings().runMs());
        }
    }

    /** What became of the evidence of one finding. */
    public void evidence(String deployment, Result result) {
        registry.counter(
                        "prelim.inference.evidence",
                        "deployment",
                        deployment,
                        "result",
                        result.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    /** A job that came again was given the answer it had before. */
    public void repeated(StudyAnalyzed outcome) {
        registry.counter(
                        "prelim.inference.jobs.repeated",
                        "deployment",
                        outcome.model().deployment())
                .increment();
    }

    /** How often a model's processes ended by themselves or were late, and whether it is kept from running now. */
    public void hosts(String deployment, Supplier<Number> ended, BooleanSupplier quarantined) {
        FunctionCounter.builder(
                        "prelim.inference.hosts.ended",
                        ended,
                        each -> each.get().doubleValue())
                .tag("deployment", deployment)
                .register(registry);
        Gauge.builder("prelim.inference.quarantined", () -> quarantined.getAsBoolean() ? 1 : 0)
                .tag("deployment", deployment)
                .register(registry);
    }

    /** How many processes a model runs in, and what computes them. */
    public void sessions(String deployment, String provider, int processes) {
        Gauge.builder("prelim.inference.sessions", () -> processes)
                .tags("deployment", deployment, "provider", provider)
                .strongReference(true)
                .register(registry);
    }

    /** A run of so many inputs in a shared session. */
    public void batch(String deployment, int size) {
        registry.summary("prelim.inference.batch", "deployment", deployment).record(size);
    }

    /** How many jobs wait in this process. */
    public void queueDepth(String deployment, Lane lane, Supplier<Number> depth) {
        laneGauge("prelim.inference.queue.depth", deployment, lane, depth);
    }

    /** How many records of a lane's topic are not yet fetched, over this process's partitions. */
    public void lag(String deployment, Lane lane, Supplier<Number> lag) {
        laneGauge("prelim.inference.lag", deployment, lane, lag);
    }

    /** Removes every meter of a deployment that has left this process. */
    public void forget(String deployment) {
        registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("prelim.inference.")
                        && deployment.equals(meter.getId().getTag("deployment")))
                .forEach(registry::remove);
    }

    private void laneGauge(String name, String deployment, Lane lane, Supplier<Number> value) {
        Gauge.builder(name, value)
                .tags("deployment", deployment, "lane", lane.name().toLowerCase(Locale.ROOT))
                .strongReference(true)
                .register(registry);
    }

    private void stage(String deployment, String stage, long millis) {
        registry.timer("prelim.inference.stage", "deployment", deployment, "stage", stage)
                .record(Duration.ofMillis(millis));
    }
}
