package io.prelim.ingest.keeping;

import io.prelim.ingest.index.StudyContents;
import io.prelim.ingest.ledger.Ledger;
import io.prelim.ingest.ledger.Stage;
import io.prelim.ingest.orders.OrderErasure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.query.NativeQuery;
import org.hibernate.type.StandardBasicTypes;

/** Erasures as the database has them. Each method is a short transaction of its own. */
@ApplicationScoped
class ErasureRows {
    private static final String LOCK = "select revision from studies where study_key = :study for update";
    private static final String STORED = """
            select exists (select 1 from instances where study_key = :study)
                or exists (select 1 from quarantine where study_key = :study)
                or exists (select 1 from parts where study_key = :study)
                or exists (select 1 from study_identity where study_key = :study)
            """;
    private static final String COLUMNS =
            "select erasure_id, study_key, requested_at, removed_at, until_segment from erasures";
    private static final String ADD = """
            insert into erasures (erasure_id, study_key, requested_by)
            values (cast(:id as uuid), cast(:study as uuid), :by)
            """;
    /** What is assembled of it just now does not become a revision: that wants the arrivals it began with. */
    private static final String EMPTIED = """
            update studies set arrivals = arrivals + 1, assembled_arrivals = arrivals + 1, due_at = null,
                claimed_until = null, input_digest = null, prior_since = null, dropped_at = clock_timestamp()
            where study_key = :study
            """;

    private static final String UNTIL =
            "update erasures set until_segment = coalesce(until_segment, :until) where erasure_id = :id";
    private static final String REMOVED = "update erasures set removed_at = clock_timestamp() where erasure_id = :id";

    /** @param until the last segment that may hold bytes which are meant; null when that is not known yet */
    record Open(Erasure erasure, Long until) {}

    private final StatelessSession session;
    private final StudyContents contents;
    private final OrderErasure orders;
    private final Ledger ledger;

    ErasureRows(StatelessSession session, StudyContents contents, OrderErasure orders, Ledger ledger) {
        this.session = session;
        this.contents = contents;
        this.orders = orders;
        this.ledger = ledger;
    }

    /**
     * Takes all that is stored of a study out of the index, if anything is, and what is known of orders and patients by it alone.
     *
     * @return the erasure, or the last one when nothing was stored since; empty when there is no such study
     */
    @Transactional
    Optional<Erasure> erase(UUID studyKey, String by) {
        orders.hold();
        List<Integer> revision = session.createNativeQuery(LOCK, Integer.class)
                .setParameter("study", studyKey)
                .getResultList();
        if (revision.isEmpty()) {
            return Optional.empty();
        }
        Optional<Erasure> last = last(studyKey);
        boolean stored = session.createNativeQuery(STORED, Boolean.class)
                .setParameter("study", studyKey)
                .getSingleResult();
        if (last.isPresent() && !stored) {
            return last;
        }
        UUID id = UUID.randomUUID();
        session.createNativeMutationQuery(ADD)
                .setParameter("id", id)
                .setParameter("study", studyKey)
                .setParameter("by", by)
                .executeUpdate();
        orders.forget(studyKey, true);
        contents.forget(studyKey);
        contents.forgetIdentity(studyKey);
        session.createNativeMutationQuery(EMPTIED)
                .setParameter("study", studyKey)
                .executeUpdate();
        ledger.record(studyKey, revision.get(0), Stage.ERASED, "erased on demand", "erasure:" + id);
        return last(studyKey);
    }

    /** Those whose bytes may be on disk, oldest first. */
    @Transactional
    List<Open> open(int limit) {
        return rows(session.createNativeQuery(
                                COLUMNS + " where removed_at is null order by requested_at", Object[].class)
                        .setMaxResults(limit))
                .stream()
                .map(row -> new Open(erasure(row), (Long) row[4]))
                .toList();
    }

    /** What is written after this segment is not meant. */
    @Transactional
    void until(UUID erasureId, long segment) {
        session.createNativeMutationQuery(UNTIL)
                .setParameter("until", segment)
                .setParameter("id", erasureId)
                .executeUpdate();
    }

    /** No ledger entry: what has come since would seem to have gone with it. */
    @Transactional
    void removed(UUID erasureId) {
        session.createNativeMutationQuery(REMOVED).setParameter("id", erasureId).executeUpdate();
    }

    private Optional<Erasure> last(UUID studyKey) {
        return rows(session.createNativeQuery(
                                COLUMNS + " where study_key = :study order by requested_at desc, erasure_id",
                                Object[].class)
                        .setParameter("study", studyKey)
                        .setMaxResults(1))
                .stream()
                .map(ErasureRows::erasure)
                .findFirst();
    }

    private static List<Object[]> rows(NativeQuery<Object[]> query) {
        return query.addScalar("erasure_id", StandardBasicTypes.UUID)
                .addScalar("study_key", StandardBasicTypes.UUID)
                .addScalar("requested_at", StandardBasicTypes.INSTANT)
                .addScalar("removed_at", StandardBasicTypes.INSTANT)
                .addScalar("until_segment", StandardBasicTypes.LONG)
                .getResultList();
    }

    private static Erasure erasure(Object[] row) {
        return new Erasure((UUID) row[0], (UUID) row[1], (Instant) row[2], (Instant) row[3]);
    }
}
