package io.prelim.ingest.hint;

import io.prelim.ingest.config.HintsConfig;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.ledger.Ledger;
import io.prelim.ingest.ledger.Stage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Whose archive is to be asked for its count, as the database has it. */
@ApplicationScoped
class CountRows {
    /** Taken by whoever gets there first; one that dies with it leaves the plain quiet period. */
    private static final String CLAIM = """
            update studies set ask_at = null, ask_until = coalesce(ask_until, clock_timestamp() + :most * interval '1 second')
            where study_key = (select study_key from studies where ask_at <= clock_timestamp() order by ask_at limit 1
                for update skip locked)
            returning study_key, study_instance_uid, case when due_at is not null then ask_archive end
            """;

    private static final String STORED = "select count(*) from instances where study_key = :study";
    /** Asked for again, and due a moment after that, as long as there is time. */
    private static final String WAIT = """
            update studies set ask_at = least(ask_until, clock_timestamp() + :again * interval '1 millisecond'),
                due_at = greatest(due_at, least(ask_until,
                    clock_timestamp() + (:again + :timeout) * interval '1 millisecond'))
            where study_key = :study and due_at is not null and ask_until > clock_timestamp() and ask_at is null
            returning revision
            """;

    /** @param archive null when the study is complete already */
    record Due(UUID studyKey, String studyInstanceUid, String archive) {}

    private final StatelessSession session;
    private final Ledger ledger;
    private final HintsConfig config;

    CountRows(StatelessSession session, Ledger ledger, IngestConfig config) {
        this.session = session;
        this.ledger = ledger;
        this.config = config.assembly().hints();
    }

    @Transactional
    Optional<Due> claim() {
        return session
                .createNativeQuery(CLAIM, Object[].class)
                .setParameter("most", config.askFor().toSeconds())
                .getResultList()
                .stream()
                .findFirst()
                .map(row -> new Due((UUID) row[0], (String) row[1], (String) row[2]));
    }

    @Transactional
    long stored(UUID studyKey) {
        return session.createNativeQuery(STORED, Long.class)
                .setParameter("study", studyKey)
                .getSingleResult();
    }

    /** Waits for what the archive has more, and is asked again, but no longer than a study may wait for it. */
    @Transactional
    boolean await(UUID studyKey, long archived, long stored) {
        List<Integer> waiting = session.createNativeQuery(WAIT, Integer.class)
                .setParameter("again", config.askAgain().toMillis())
                .setParameter("timeout", config.askTimeout().toMillis())
                .setParameter("study", studyKey)
                .getResultList();
        waiting.forEach(revision -> ledger.record(
                studyKey,
                revision + 1,
                Stage.RECEIVING,
                "the archive has " + archived + " instances, " + stored + " are here: the study waits for the others",
                "count:" + archived));
        return !waiting.isEmpty();
    }
}
