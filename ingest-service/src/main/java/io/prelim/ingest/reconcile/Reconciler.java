package io.prelim.ingest.reconcile;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.ledger.Wait;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.reconcile.StandstillRows.Count;
import io.prelim.ingest.storage.StoreState;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Looks for studies that stand still, every now and then. Any number of processes may: what one has found is known to all. */
@ApplicationScoped
class Reconciler {
    private static final Logger LOG = Logger.getLogger(Reconciler.class);
    /** Studies found newly at one look; more are at the next. */
    private static final int AT_ONCE = 500;

    private static final Count NONE = new Count(0, 0);
    private static final UUID FIRST = new UUID(0, 0);

    private final StandstillRows rows;
    private final Judge judge;
    private final StoreState state;
    private final IngestConfig.Ledger config;
    private volatile Map<Wait.For, Count> counts = Map.of();
    private boolean failing;

    Reconciler(StandstillRows rows, Judge judge, StoreState state, IngestConfig config) {
        this.rows = rows;
        this.judge = judge;
        this.state = state;
        this.config = config.ledger();
    }

    void register(@Observes StartupEvent event, MeterRegistry meters) {
        for (Wait.For what : Wait.For.values()) {
            Gauge.builder("prelim.ingest.stuck", () -> count(what).studies())
                    .description("studies that wait too long for what goes on by itself")
                    .tag("stage", what.name())
                    .register(meters);
            Gauge.builder("prelim.ingest.stuck.age.seconds", () -> count(what).ageSeconds())
                    .description("how long the first of them waits")
                    .tag("stage", what.name())
                    .register(meters);
        }
    }

    private Count count(Wait.For what) {
        return counts.getOrDefault(what, NONE);
    }

    @Scheduled(
            every = "${prelim.ledger.reconcile-every}",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        if (!state.isRecovered()) {
            return; // what is not indexed yet looks as if it stood still
        }
        try {
            known();
            rows.suspects(config.standingStillAfter(), AT_ONCE).forEach(this::judge);
            counts = rows.counts();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) { // said once, not at each look
                failing = true;
                OperatorMessage.RECONCILER_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            }
        }
    }

    /** Whether those that stood still do so yet. */
    private void known() {
        List<UUID> page = rows.standing(FIRST, AT_ONCE);
        while (!page.isEmpty()) {
            page.forEach(this::judge);
            page = rows.standing(page.get(page.size() - 1), AT_ONCE);
        }
    }

    private void judge(UUID studyKey) {
        Judge.Verdict verdict = judge.judge(studyKey);
        verdict.found()
                .forEach(found -> OperatorMessage.STUDY_STANDS_STILL.log(
                        LOG,
                        "studyKey",
                        studyKey,
                        "revision",
                        found.awaited().revision(),
                        "waitsFor",
                        found.awaited().what(),
                        "since",
                        found.awaited().since(),
                        "repair",
                        found.repair()));
        verdict.cleared()
                .forEach(cleared -> OperatorMessage.STUDY_MOVES_ON.log(
                        LOG, "studyKey", studyKey, "revision", cleared.revision(), "waitedFor", cleared.what()));
    }
}
