package io.prelim.ingest.backfill;

import io.prelim.events.EventJson;
import io.prelim.events.StudyReceived;
import io.prelim.events.Topics;
import io.prelim.events.UnreadableEvent;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.index.StudyRow;
import io.prelim.ingest.ledger.KnownAnswers;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.publish.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/**
 * Takes commands that one more model answers studies of the past, and asks about these studies, a bounded number at a time: the next
 * when one is answered. What is asked is in the outbox in the same transaction, so a restart goes on where it was.
 */
@ApplicationScoped
public class Backfills {
    private static final Logger LOG = Logger.getLogger(Backfills.class);

    private final BackfillRows rows;
    private final KnownAnswers answers;
    private final Outbox outbox;
    private final StatelessSession session;
    private final int inHand;
    private boolean failing;

    Backfills(BackfillRows rows, KnownAnswers answers, Outbox outbox, StatelessSession session, IngestConfig config) {
        this.rows = rows;
        this.answers = answers;
        this.outbox = outbox;
        this.session = session;
        this.inHand = config.backfill().inHand();
    }

    /** How many studies a command would choose. */
    public long count(Instant since, Instant until, int most) {
        return rows.count(since, until, most);
    }

    /** Begins, or goes on; the same command again takes up what failed. @param most studies, the newest */
    public Backfill begin(String model, Instant since, Instant until, int most, String by) {
        UUID id = rows.add(model, since, until, most, by);
        return find(id).orElseThrow();
    }

    /** Asks no more; what was asked is answered. */
    public Optional<Backfill> stop(UUID backfillId) {
        rows.stop(backfillId);
        return find(backfillId);
    }

    public Optional<Backfill> find(UUID backfillId) {
        return rows.views(backfillId, 1).stream().findFirst();
    }

    /** The newest first. */
    public List<Backfill> newest(int limit) {
        return rows.views(null, limit);
    }

    @Scheduled(
            every = "${prelim.backfill.check-every}",
            delayed = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                int free = inHand - rows.inHand();
                if (free > 0) {
                    rows.next(free).forEach(this::ask);
                }
            });
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                failing = true;
                OperatorMessage.BACKFILL_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            }
        }
    }

    private void ask(BackfillRows.Next next) {
        StudyRow study = session.get(StudyRow.class, next.studyKey());
        Optional<byte[]> told = outbox.told(study.studyKey(), study.revision(), Topics.STUDY_RECEIVED);
        told.ifPresent(event -> outbox.add(
                next.eventId(),
                study.studyKey(),
                study.revision(),
                Topics.STUDY_BACKFILL,
                received(event)
                        .backfilled(
                                new StudyReceived.Backfill(next.backfillId(), next.model()),
                                answers.of(study.studyKey())),
                Instant.now()));
        rows.asked(next, told.isEmpty());
    }

    private static StudyReceived received(byte[] told) {
        try {
            return EventJson.read(told, StudyReceived.class);
        } catch (UnreadableEvent e) {
            throw new IllegalStateException("an outbox row is not what was written", e);
        }
    }
}
