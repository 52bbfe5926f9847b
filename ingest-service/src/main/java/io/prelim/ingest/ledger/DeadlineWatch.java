package io.prelim.ingest.ledger;

import io.prelim.ingest.notice.OperatorMessage;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Looks for planned answers that did not come in time, so that no study waits for one that never comes. */
@ApplicationScoped
class DeadlineWatch {
    private static final Logger LOG = Logger.getLogger(DeadlineWatch.class);
    private static final int STUDIES = 100;

    private final Progress progress;
    private boolean failing;

    DeadlineWatch(Progress progress) {
        this.progress = progress;
    }

    @Scheduled(
            every = "{prelim.ledger.deadline-check-every}",
            delayed = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            List<UUID> studies = QuarkusTransaction.requiringNew().call(() -> progress.overdueStudies(STUDIES));
            studies.forEach(this::close);
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                failing = true;
                OperatorMessage.DEADLINES_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            }
        }
    }

    private void close(UUID studyKey) {
        List<String> silent = QuarkusTransaction.requiringNew().call(() -> {
            progress.enter(studyKey);
            return progress.closeOverdue(studyKey);
        });
        if (!silent.isEmpty()) {
            OperatorMessage.NO_ANSWER.log(LOG, "studyKey", studyKey, "deployments", String.join(",", silent));
        }
    }
}
