package io.prelim.ingest.keeping;

import io.prelim.ingest.index.StudyContents;
import io.prelim.ingest.ledger.Ledger;
import io.prelim.ingest.ledger.Stage;
import io.prelim.ingest.orders.OrderErasure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Drops studies that nobody works on any longer. What is left is the study's row and ledger, so that a revision to come is a later one. */
@ApplicationScoped
class FinishedStudies {
    /**
     * In work is what is due, what still must be told or has not shown its effect, and what a commitment is asked or was given for. A
     * prior has a time of its own. Rows are held until the end of the transaction: nothing comes in meanwhile.
     */
    private static final String FINISHED = """
            select study_key, revision from studies s
            where due_at is null and (claimed_until is null or claimed_until < clock_timestamp()) and prior_since is null
                and completed_at < clock_timestamp() - make_interval(secs => :age)
                and (dropped_at is null or completed_at > dropped_at)
                and not exists (select 1 from outbox o where o.study_key = s.study_key and o.settled_at is null)
                and not exists (
                    select 1 from instances i
                    join commitment_references r on r.sop_instance_uid = i.sop_instance_uid
                    where i.study_key = s.study_key and coalesce(r.failure_reason, 0) = 0)
            order by completed_at limit :limit
            for update skip locked
            """;

    private static final String DROPPED = "update studies set dropped_at = clock_timestamp() where study_key = :study";

    private final StatelessSession session;
    private final StudyContents contents;
    private final OrderErasure orders;
    private final Ledger ledger;

    FinishedStudies(StatelessSession session, StudyContents contents, OrderErasure orders, Ledger ledger) {
        this.session = session;
        this.contents = contents;
        this.orders = orders;
        this.ledger = ledger;
    }

    /**
     * Drops the oldest in one transaction.
     *
     * @param age since they were complete, at least
     * @param why for people
     */
    @Transactional
    List<UUID> drop(Duration age, int limit, String why) {
        orders.hold();
        List<Object[]> finished = session.createNativeQuery(FINISHED, Object[].class)
                .setParameter("age", age.toMillis() / 1000.0)
                .setParameter("limit", limit)
                .getResultList();
        for (Object[] row : finished) {
            UUID study = (UUID) row[0];
            orders.forget(study, false);
            contents.forget(study);
            contents.forgetIdentity(study);
            session.createNativeMutationQuery(DROPPED)
                    .setParameter("study", study)
                    .executeUpdate();
            ledger.record(study, ((Number) row[1]).intValue(), Stage.DROPPED, why, "retention");
        }
        return finished.stream().map(row -> (UUID) row[0]).toList();
    }
}
