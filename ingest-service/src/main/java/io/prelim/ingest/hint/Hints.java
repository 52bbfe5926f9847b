package io.prelim.ingest.hint;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.ingest.config.HintsConfig;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.ledger.Fact;
import io.prelim.ingest.ledger.Ledger;
import io.prelim.ingest.notice.OperatorMessage;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/** Ends quiet periods early, and never before everything that was announced is here. */
@ApplicationScoped
public class Hints {
    private static final Logger LOG = Logger.getLogger(Hints.class);
    private static final String NOTHING_ANNOUNCED_IS_MISSING =
            " not exists (select 1 from announcements a where a.study_key = s.study_key and a.state = 'WAITING' and "
                    + Announcements.MISSING + ")";
    private static final String END = """
            update studies s set due_at = clock_timestamp()
            where s.study_key = :study and s.due_at > clock_timestamp() and (:open or not exists (
                select 1 from procedure_step_studies t
                join procedure_steps p on p.issuer = t.issuer and p.sop_instance_uid = t.sop_instance_uid
                where t.study_key = s.study_key and p.status = 'IN_PROGRESS'))
                and
            """ + NOTHING_ANNOUNCED_IS_MISSING + " returning s.revision";
    private static final String STATE = """
            select case when due_at <= clock_timestamp() then 'ASSEMBLING'
                when due_at is not null then 'AWAITED'
                when revision > 0 and input_digest is not null then 'COMPLETE'
                else 'NOTHING_DUE' end as state, revision
            from studies where study_key = :study
            """;
    /** Whole announcements ended at one look. */
    private static final int BATCH = 64;

    private static final int PURGE_BATCH = 500;

    private final StatelessSession session;
    private final Announcements announcements;
    private final Ledger ledger;
    private final HintsConfig config;
    private final MeterRegistry meters;

    Hints(
            StatelessSession session,
            Announcements announcements,
            Ledger ledger,
            IngestConfig config,
            MeterRegistry meters) {
        this.session = session;
        this.announcements = announcements;
        this.ledger = ledger;
        this.config = config.assembly().hints();
        this.meters = meters;
    }

    /**
     * Makes a study due now, if its quiet period runs and all that was announced of it is here; the ledger says why. A
     * transaction of its own.
     *
     * @return whether it did
     */
    public boolean end(UUID studyKey, Hint hint) {
        boolean ended = QuarkusTransaction.requiringNew().call(() -> {
            List<Integer> revision = session.createNativeQuery(END, Integer.class)
                    .setParameter("study", studyKey)
                    .setParameter("open", hint.overOpenSteps())
                    .getResultList();
            revision.forEach(last -> ledger.record(studyKey, last + 1, Fact.HINT, hint.detail(), hint.source(), null));
            return !revision.isEmpty();
        });
        if (ended) {
            String kind = hint.source().split(":", 2)[0];
            meters.counter("prelim.ingest.hints", "kind", kind).increment();
            OperatorMessage.QUIET_ENDED.log(LOG, "studyKey", studyKey, "hint", kind);
        }
        return ended;
    }

    /** Ends the quiet periods of studies of which all that was announced is here. */
    public void look() {
        announcements
                .whole(BATCH)
                .forEach(whole -> end(
                        whole.studyKey(), Hint.announced(whole.source(), whole.sopInstanceUid(), whole.instances())));
    }

    /** Forgets what was announced long ago. */
    @Scheduled(every = "10m", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void purge() {
        try {
            while (announcements.purge(config.keep().toSeconds(), PURGE_BATCH) == PURGE_BATCH) {
                // the next ones
            }
        } catch (RuntimeException e) {
            OperatorMessage.ASSEMBLY_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
        }
    }

    /**
     * Takes somebody's word that a study is complete; the same again changes nothing.
     *
     * @param by who asks, as far as is known
     * @return empty when there is no such study
     */
    public Optional<Completion> complete(UUID studyKey, String by) {
        end(studyKey, Hint.asked(by));
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        session
                                .createNativeQuery(STATE, Object[].class)
                                .setParameter("study", studyKey)
                                .getResultList()
                                .stream()
                                .findFirst()
                                .map(row -> new Completion(
                                        studyKey,
                                        Completion.State.valueOf((String) row[0]),
                                        ((Number) row[1]).intValue())));
    }
}
