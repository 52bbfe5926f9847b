package io.prelim.ingest.hint;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.ingest.config.HintsConfig;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.priors.Archive;
import io.prelim.ingest.priors.PriorsUnavailable;
import io.prelim.ingest.remote.Errands;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/**
 * Asks the archive of a study's sender how many instances it has, at the study's first quiet moment: as many as are here end the quiet
 * period, more are waited for. A few questions at a time; one that is not answered changes nothing.
 */
@ApplicationScoped
class ArchiveCounts {
    private static final Logger LOG = Logger.getLogger(ArchiveCounts.class);

    private final Archive archive;
    private final CountRows rows;
    private final Hints hints;
    private final HintsConfig config;
    private final MeterRegistry meters;
    private final Errands errands;

    ArchiveCounts(Archive archive, CountRows rows, Hints hints, IngestConfig config, MeterRegistry meters) {
        this.archive = archive;
        this.rows = rows;
        this.hints = hints;
        this.config = config.assembly().hints();
        this.meters = meters;
        this.errands = new Errands(
                "archive-counts",
                this.config.asksAtOnce(),
                e -> OperatorMessage.COUNT_FAILED.log(LOG, "reason", OperatorMessage.reason(e)));
    }

    @PreDestroy
    void stop() throws InterruptedException {
        errands.stop();
    }

    @Scheduled(
            every = "${prelim.assembly.check-every}",
            delayed = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        errands.look(() -> {
            while (errands.free() > 0) {
                Optional<CountRows.Due> due = rows.claim();
                if (due.isEmpty()) {
                    return;
                }
                if (due.get().archive() != null) {
                    errands.start(() -> ask(due.get()));
                }
            }
        });
    }

    private void ask(CountRows.Due due) {
        String answer;
        try {
            OptionalLong archived = archive.instances(due.archive(), due.studyInstanceUid(), config.askTimeout());
            long stored = rows.stored(due.studyKey());
            if (archived.isEmpty()) {
                answer = "none";
            } else if (archived.getAsLong() > stored) {
                answer = rows.await(due.studyKey(), archived.getAsLong(), stored) ? "more" : "more-too-late";
            } else if (archived.getAsLong() == stored) {
                answer = hints.end(due.studyKey(), Hint.counted(stored)) ? "equal" : "equal-too-late";
            } else {
                answer = "fewer"; // it is behind us
            }
        } catch (PriorsUnavailable e) {
            answer = "away";
        }
        meters.counter("prelim.ingest.archive.counts", "answer", answer).increment();
    }
}
